// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.sextant.activation.schedule;

import org.jspecify.annotations.NullMarked;
