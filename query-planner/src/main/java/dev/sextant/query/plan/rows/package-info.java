// SPDX-License-Identifier: Apache-2.0
/** The rows of a dataset and what is joined to them. */
@NullMarked
package dev.sextant.query.plan.rows;

import org.jspecify.annotations.NullMarked;
