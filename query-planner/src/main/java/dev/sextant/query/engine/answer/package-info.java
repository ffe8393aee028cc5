// SPDX-License-Identifier: Apache-2.0
/** Answers on their way out: those of warehouses, those of our own, and what their columns are. */
@NullMarked
package dev.sextant.query.engine.answer;

import org.jspecify.annotations.NullMarked;
