// SPDX-License-Identifier: Apache-2.0
/** Proofs that every door and dialect gives the same answers, and that the house keeps its rules. */
@NullMarked
package dev.sextant.conformance;

import org.jspecify.annotations.NullMarked;
