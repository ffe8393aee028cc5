// SPDX-License-Identifier: Apache-2.0
/** Features of entity keys as of instants: metrics over windows that end there, and dimensions as they were. */
@NullMarked
package dev.sextant.query.plan.asof;

import org.jspecify.annotations.NullMarked;
