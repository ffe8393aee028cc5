// SPDX-License-Identifier: Apache-2.0
/** The Arrow Flight SQL door: semantic SQL in, Arrow record batches out. */
@NullMarked
package dev.sextant.server.flight;

import org.jspecify.annotations.NullMarked;
