// SPDX-License-Identifier: Apache-2.0
/** The configuration of the server and the seam of its doors. */
@NullMarked
package dev.sextant.server;

import org.jspecify.annotations.NullMarked;
