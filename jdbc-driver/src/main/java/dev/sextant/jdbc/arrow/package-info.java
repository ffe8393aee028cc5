// SPDX-License-Identifier: Apache-2.0
/** Arrow IPC streams as they come from the wire, read in place: one byte array a batch, one accessor a column. */
@NullMarked
package dev.sextant.jdbc.arrow;

import org.jspecify.annotations.NullMarked;
