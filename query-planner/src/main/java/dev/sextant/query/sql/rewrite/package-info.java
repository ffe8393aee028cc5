// SPDX-License-Identifier: Apache-2.0
/** From the tree of a statement over virtual tables to one over the warehouse's, measures evaluated where rows are first grouped. */
@NullMarked
package dev.sextant.query.sql.rewrite;

import org.jspecify.annotations.NullMarked;
