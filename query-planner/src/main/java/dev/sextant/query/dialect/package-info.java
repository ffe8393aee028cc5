// SPDX-License-Identifier: Apache-2.0
/** Writes relational expressions as the SQL of one warehouse; one class per dialect. */
@NullMarked
package dev.sextant.query.dialect;

import org.jspecify.annotations.NullMarked;
