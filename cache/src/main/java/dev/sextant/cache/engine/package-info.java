// SPDX-License-Identifier: Apache-2.0
/** Answers from the cache, and fills it: one run for all who ask the same at the same time. */
@NullMarked
package dev.sextant.cache.engine;

import org.jspecify.annotations.NullMarked;
