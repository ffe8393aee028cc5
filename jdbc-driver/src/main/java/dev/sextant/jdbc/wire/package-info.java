// SPDX-License-Identifier: Apache-2.0
/** Where the values of a record batch lie among its bytes. */
@NullMarked
package dev.sextant.jdbc.wire;

import org.jspecify.annotations.NullMarked;
