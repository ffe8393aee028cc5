// SPDX-License-Identifier: Apache-2.0
/** How fast the driver reads; run by hand. */
@NullMarked
package dev.sextant.jdbc.bench;

import org.jspecify.annotations.NullMarked;
