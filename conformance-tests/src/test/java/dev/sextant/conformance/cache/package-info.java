// SPDX-License-Identifier: Apache-2.0
/** Random questions whose answers are kept, shared and made from one another, and change nothing by it. */
@NullMarked
package dev.sextant.conformance.cache;

import org.jspecify.annotations.NullMarked;
