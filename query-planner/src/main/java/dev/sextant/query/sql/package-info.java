// SPDX-License-Identifier: Apache-2.0
/** Semantic SQL: parses statements, resolves them over the virtual tables of the model, and evaluates measures where rows are first grouped. */
@NullMarked
package dev.sextant.query.sql;

import org.jspecify.annotations.NullMarked;
