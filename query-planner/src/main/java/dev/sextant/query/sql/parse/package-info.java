// SPDX-License-Identifier: Apache-2.0
/** From the text of a statement to its tree, with the way back to positions in the text as written. */
@NullMarked
package dev.sextant.query.sql.parse;

import org.jspecify.annotations.NullMarked;
