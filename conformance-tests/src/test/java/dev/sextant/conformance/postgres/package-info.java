// SPDX-License-Identifier: Apache-2.0
/** The same projects on PostgreSQL: their tables are carried over, and every answer must stay the same. */
@NullMarked
package dev.sextant.conformance.postgres;

import org.jspecify.annotations.NullMarked;
