// SPDX-License-Identifier: Apache-2.0
/** The rules of the house, checked over the classes of every module. */
@NullMarked
package dev.sextant.conformance.house;

import org.jspecify.annotations.NullMarked;
