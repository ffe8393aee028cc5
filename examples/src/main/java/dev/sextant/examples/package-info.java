// SPDX-License-Identifier: Apache-2.0
/** Small programs that use Sextant. */
@NullMarked
package dev.sextant.examples;

import org.jspecify.annotations.NullMarked;
