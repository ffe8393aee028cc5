// SPDX-License-Identifier: Apache-2.0
/** What an answer is found by: its policed SQL and the versions of what it reads. */
@NullMarked
package dev.sextant.cache.key;

import org.jspecify.annotations.NullMarked;
