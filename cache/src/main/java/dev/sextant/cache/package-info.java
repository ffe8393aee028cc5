// SPDX-License-Identifier: Apache-2.0
/** The nouns and seams of keeping answers. */
@NullMarked
package dev.sextant.cache;

import org.jspecify.annotations.NullMarked;
