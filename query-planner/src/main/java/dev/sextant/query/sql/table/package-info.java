// SPDX-License-Identifier: Apache-2.0
/** The virtual tables of a model: their columns, what their measures are made of, their keys, and the catalog that describes them. */
@NullMarked
package dev.sextant.query.sql.table;

import org.jspecify.annotations.NullMarked;
