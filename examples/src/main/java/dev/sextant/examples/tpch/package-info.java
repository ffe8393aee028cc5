// SPDX-License-Identifier: Apache-2.0
/** The data of TPC-H. */
@NullMarked
package dev.sextant.examples.tpch;

import org.jspecify.annotations.NullMarked;
