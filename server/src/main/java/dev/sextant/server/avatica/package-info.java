// SPDX-License-Identifier: Apache-2.0
/** Avatica's remote protocol, as its own thin client speaks it, behind one path of the HTTP door. */
@NullMarked
package dev.sextant.server.avatica;

import org.jspecify.annotations.NullMarked;
