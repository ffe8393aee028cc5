// SPDX-License-Identifier: Apache-2.0
/** The steps of a plan, how they are printed, and what is dropped of them because nobody reads it. */
@NullMarked
package dev.sextant.query.plan.node;

import org.jspecify.annotations.NullMarked;
