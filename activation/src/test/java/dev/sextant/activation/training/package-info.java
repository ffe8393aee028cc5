// SPDX-License-Identifier: Apache-2.0
/** Exports over real rows, whole or absent, and checks that find what was planted. */
@NullMarked
package dev.sextant.activation.training;

import org.jspecify.annotations.NullMarked;
