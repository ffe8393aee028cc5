// SPDX-License-Identifier: Apache-2.0
/** What the statements of every warehouse have in common: admission, deadlines, cancelling, streaming and closing. */
@NullMarked
package dev.sextant.query.warehouse.statement;

import org.jspecify.annotations.NullMarked;
