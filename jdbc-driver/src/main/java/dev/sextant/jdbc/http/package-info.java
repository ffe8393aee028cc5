// SPDX-License-Identifier: Apache-2.0
/** The way to the server and back: requests, answers as streams, cancellation, and what went wrong on the way. */
@NullMarked
package dev.sextant.jdbc.http;

import org.jspecify.annotations.NullMarked;
