// SPDX-License-Identifier: Apache-2.0
/** Fakes that stand for what is behind the doors. */
@NullMarked
package dev.sextant.server.testing;

import org.jspecify.annotations.NullMarked;
