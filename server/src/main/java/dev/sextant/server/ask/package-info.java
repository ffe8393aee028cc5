// SPDX-License-Identifier: Apache-2.0
/** Requests as bytes become questions: JSON with positions, and every mistake in it named. */
@NullMarked
package dev.sextant.server.ask;

import org.jspecify.annotations.NullMarked;
