// SPDX-License-Identifier: Apache-2.0
/** Connections of the HTTP door: whether clients are still there, and TLS. */
@NullMarked
package dev.sextant.server.http.connection;

import org.jspecify.annotations.NullMarked;
