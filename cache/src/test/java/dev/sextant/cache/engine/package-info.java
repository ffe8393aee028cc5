// SPDX-License-Identifier: Apache-2.0
/** Tests of answering from the cache. */
@NullMarked
package dev.sextant.cache.engine;

import org.jspecify.annotations.NullMarked;
