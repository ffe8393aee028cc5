// SPDX-License-Identifier: Apache-2.0
/** Measures at other times than their rows': gathered up, shifted, and shown for every period of a calendar. */
@NullMarked
package dev.sextant.query.plan.overtime;

import org.jspecify.annotations.NullMarked;
