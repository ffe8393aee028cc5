// SPDX-License-Identifier: Apache-2.0
/** FoodMart, a well-known data set of somebody else's: fetches the data of the project in {@code examples/foodmart}. */
@NullMarked
package dev.sextant.examples.foodmart;

import org.jspecify.annotations.NullMarked;
