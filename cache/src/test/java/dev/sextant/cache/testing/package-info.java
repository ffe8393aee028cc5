// SPDX-License-Identifier: Apache-2.0
/** What tests of the cache stand on. */
@NullMarked
package dev.sextant.cache.testing;

import org.jspecify.annotations.NullMarked;
