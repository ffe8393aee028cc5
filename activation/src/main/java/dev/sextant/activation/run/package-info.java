// SPDX-License-Identifier: Apache-2.0
/** Runs: who works on what, how far it is, and what became of it, in one small relational store. */
@NullMarked
package dev.sextant.activation.run;

import org.jspecify.annotations.NullMarked;
