// SPDX-License-Identifier: Apache-2.0
/** Tests of the web shop. */
@NullMarked
package dev.sextant.examples.retail;

import org.jspecify.annotations.NullMarked;
