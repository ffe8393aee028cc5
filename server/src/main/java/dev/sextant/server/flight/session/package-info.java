// SPDX-License-Identifier: Apache-2.0
/** Sessions of Flight clients: cookies and options. */
@NullMarked
package dev.sextant.server.flight.session;

import org.jspecify.annotations.NullMarked;
