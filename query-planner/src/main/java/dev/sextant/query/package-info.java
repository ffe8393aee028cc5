// SPDX-License-Identifier: Apache-2.0
/** The nouns and seams of asking: queries as asked and as bound, engines, warehouses and results. */
@NullMarked
package dev.sextant.query;

import org.jspecify.annotations.NullMarked;
