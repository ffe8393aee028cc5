// SPDX-License-Identifier: Apache-2.0
package dev.sextant.cache;

/**
 * What a cache did since it was opened, and what it holds. {@code shared} are questions that waited for the same run as another,
 * {@code tooLarge} answers that did not fit.
 */
public record CacheCounts(long hits, long stale, long misses, long shared, long tooLarge, long refreshFailures, long entries, long bytes) {}
