// SPDX-License-Identifier: Apache-2.0
/** Types of expressions as written: what goes together, what a parameter is used as, and what is wrong before a warehouse says so. */
@NullMarked
package dev.sextant.query.sql.type;

import org.jspecify.annotations.NullMarked;
