// SPDX-License-Identifier: Apache-2.0
/** Who asks: callers by what they show at a door. */
@NullMarked
package dev.sextant.server.auth;

import org.jspecify.annotations.NullMarked;
