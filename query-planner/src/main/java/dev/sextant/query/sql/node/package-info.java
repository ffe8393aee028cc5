// SPDX-License-Identifier: Apache-2.0
/** Building blocks of statements: nodes of our own, small builders, and how a warehouse spells functions. */
@NullMarked
package dev.sextant.query.sql.node;

import org.jspecify.annotations.NullMarked;
