// SPDX-License-Identifier: Apache-2.0
/** Who is let in, and what they are shown. */
@NullMarked
package dev.sextant.server.auth;

import org.jspecify.annotations.NullMarked;
