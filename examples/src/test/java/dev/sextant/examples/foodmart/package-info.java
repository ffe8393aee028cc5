// SPDX-License-Identifier: Apache-2.0
/** Tests of FoodMart. */
@NullMarked
package dev.sextant.examples.foodmart;

import org.jspecify.annotations.NullMarked;
