// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.sextant.server.features;

import org.jspecify.annotations.NullMarked;
