// SPDX-License-Identifier: Apache-2.0
package dev.sextant.cache.engine;

import dev.sextant.cache.CacheKey;
import dev.sextant.cache.CachedResult;
import dev.sextant.cache.store.MemoryStore;

/** Keeps bodies beside the rows they were made from, weighed together with them. */
record KeptForms(CachedResult kept, CacheKey key, MemoryStore store, long mostBytes) {

  void keep(String form, byte[] body) {
    if (body.length <= mostBytes) {
      kept.keep(form, body);
      store.weighAgain(key, kept);
    }
  }
}
