// SPDX-License-Identifier: Apache-2.0
/** Values and tables side by side, and as text. */
@NullMarked
package dev.sextant.conformance.compare;

import org.jspecify.annotations.NullMarked;
