// SPDX-License-Identifier: Apache-2.0
/** Definitions as written become a semantic model: names resolved, spellings unified. */
@NullMarked
package dev.sextant.model.build;

import org.jspecify.annotations.NullMarked;
