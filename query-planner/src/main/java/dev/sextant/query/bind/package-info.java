// SPDX-License-Identifier: Apache-2.0
/** Binds a query as asked to the model: names to members, times to instants, policies to filters. */
@NullMarked
package dev.sextant.query.bind;

import org.jspecify.annotations.NullMarked;
