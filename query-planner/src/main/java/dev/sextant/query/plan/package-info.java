// SPDX-License-Identifier: Apache-2.0
/** Plans a bound query as a tree of relational steps whose columns have the model's names; one file per metric kind. */
@NullMarked
package dev.sextant.query.plan;

import org.jspecify.annotations.NullMarked;
