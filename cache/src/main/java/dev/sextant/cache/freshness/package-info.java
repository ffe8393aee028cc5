// SPDX-License-Identifier: Apache-2.0
/** How old is too old, and what moves a version on. */
@NullMarked
package dev.sextant.cache.freshness;

import org.jspecify.annotations.NullMarked;
