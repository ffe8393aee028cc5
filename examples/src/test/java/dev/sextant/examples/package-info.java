// SPDX-License-Identifier: Apache-2.0
/** Tests of the examples. */
@NullMarked
package dev.sextant.examples;

import org.jspecify.annotations.NullMarked;
