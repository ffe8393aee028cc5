// SPDX-License-Identifier: Apache-2.0
package dev.sextant.cache.key;

import java.util.regex.Pattern;

/** Tells SQL whose answer changes by itself, so that keeping it would be wrong: it reads a clock, draws lots or counts calls. */
public final class Volatile {
  /** Found in texts and names, too: then an answer that could have been kept is not. */
  private static final Pattern CALLS = Pattern.compile(
      "\\b(now|current_date|current_time|current_timestamp|localtime|localtimestamp|transaction_timestamp|statement_timestamp"
          + "|clock_timestamp|today|get_current_time\\w*|random|rand|setseed|uuid\\w*|gen_random_uuid|nextval|currval|pg_\\w+|txid_\\w+"
          + "|current_setting|current_user|session_user|sysdate|getdate)\\b",
      Pattern.CASE_INSENSITIVE);

  private Volatile() {}

  public static boolean isVolatile(String sql) {
    return CALLS.matcher(sql).find();
  }
}
