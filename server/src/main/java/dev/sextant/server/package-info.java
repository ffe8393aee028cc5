// SPDX-License-Identifier: Apache-2.0
/** The configuration of the server, the seam of its doors, and what stands behind them. */
@NullMarked
package dev.sextant.server;

import org.jspecify.annotations.NullMarked;
