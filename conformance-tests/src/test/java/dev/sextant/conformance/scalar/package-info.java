// SPDX-License-Identifier: Apache-2.0
/** Scalar expressions over values, evaluated one node at a time. */
@NullMarked
package dev.sextant.conformance.scalar;

import org.jspecify.annotations.NullMarked;
