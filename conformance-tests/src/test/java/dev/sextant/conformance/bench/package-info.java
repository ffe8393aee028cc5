// SPDX-License-Identifier: Apache-2.0
/** Times and ratios against named baselines of the same run. */
@NullMarked
package dev.sextant.conformance.bench;

import org.jspecify.annotations.NullMarked;
