// SPDX-License-Identifier: Apache-2.0
/** The JDBC driver of Sextant. */
@NullMarked
package dev.sextant.jdbc;

import org.jspecify.annotations.NullMarked;
