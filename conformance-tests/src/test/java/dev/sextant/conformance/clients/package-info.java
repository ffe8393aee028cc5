// SPDX-License-Identifier: Apache-2.0
/** Other people's programs, unchanged, over the JDBC driver and a real server. */
@NullMarked
package dev.sextant.conformance.clients;

import org.jspecify.annotations.NullMarked;
