// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.sextant.activation.feature;

import org.jspecify.annotations.NullMarked;
