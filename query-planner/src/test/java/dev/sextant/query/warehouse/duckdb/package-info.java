// SPDX-License-Identifier: Apache-2.0
/** Tests against real databases. */
@NullMarked
package dev.sextant.query.warehouse.duckdb;

import org.jspecify.annotations.NullMarked;
