// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.time;

import dev.sextant.model.Expr;
import dev.sextant.model.TimeGrain;

/**
 * A column of instants: its values are of {@code grain} once truncated; {@code stored} says that they are as the warehouse stores them, so that
 * a question in another time zone must convert them.
 */
public record TimeColumn(Expr column, TimeGrain grain, boolean stored) {}
