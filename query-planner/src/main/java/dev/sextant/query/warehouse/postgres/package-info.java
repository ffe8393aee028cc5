// SPDX-License-Identifier: Apache-2.0
/** Runs statements in PostgreSQL and writes the rows it sends into Arrow vectors. */
@NullMarked
package dev.sextant.query.warehouse.postgres;

import org.jspecify.annotations.NullMarked;
