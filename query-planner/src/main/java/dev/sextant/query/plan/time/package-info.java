// SPDX-License-Identifier: Apache-2.0
/** What names stand for in expressions, above all times: grains, parts, zones, ranges and periods. */
@NullMarked
package dev.sextant.query.plan.time;

import org.jspecify.annotations.NullMarked;
