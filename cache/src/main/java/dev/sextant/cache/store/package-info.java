// SPDX-License-Identifier: Apache-2.0
/** Where answers are kept. */
@NullMarked
package dev.sextant.cache.store;

import org.jspecify.annotations.NullMarked;
