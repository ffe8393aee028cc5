// SPDX-License-Identifier: Apache-2.0
/** The reference evaluator: what a metric query means, one row at a time, without SQL. */
@NullMarked
package dev.sextant.conformance.oracle;

import org.jspecify.annotations.NullMarked;
