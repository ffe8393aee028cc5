// SPDX-License-Identifier: Apache-2.0
/** Arrow streams and a server that serves them, for the driver's tests. */
@NullMarked
package dev.sextant.jdbc.testing;

import org.jspecify.annotations.NullMarked;
