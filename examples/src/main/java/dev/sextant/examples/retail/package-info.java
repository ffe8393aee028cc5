// SPDX-License-Identifier: Apache-2.0
/** The web shop: makes the data of the project in {@code examples/retail}. */
@NullMarked
package dev.sextant.examples.retail;

import org.jspecify.annotations.NullMarked;
