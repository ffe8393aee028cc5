// SPDX-License-Identifier: Apache-2.0
/** Connects to warehouses, runs statements there, cancels them, and streams their rows as Arrow batches. */
@NullMarked
package dev.sextant.query.warehouse;

import org.jspecify.annotations.NullMarked;
