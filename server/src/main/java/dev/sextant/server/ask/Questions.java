// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.ask;

import dev.sextant.query.MetricQuery;
import dev.sextant.query.MetricQuery.Item;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Puts a query in a few words, for logs and lists of running queries. */
public final class Questions {
  private static final int LONGEST = 300;
  private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}+");

  private Questions() {}

  /** Such as {@code revenue, orders by customer__country where order__status = 'paid'}. */
  public static String inShort(MetricQuery query) {
    StringBuilder text = new StringBuilder(query.savedQuery().map(name -> "saved query " + name + " ").orElse(""));
    text.append(names(query.metrics()));
    append(text, " by ", names(query.groupBy()));
    append(text, " where ", String.join(" and ", query.where()));
    append(text, " having ", String.join(" and ", query.having()));
    append(text, " order by ", String.join(", ", query.orderBy()));
    query.limit().ifPresent(limit -> text.append(" limit ").append(limit));
    return inShort(text.toString());
  }

  /** A text in one line that is not too long. */
  public static String inShort(String text) {
    String whole = CONTROLS.matcher(text.strip()).replaceAll(" ");
    return whole.length() <= LONGEST ? whole : whole.substring(0, LONGEST) + "..";
  }

  private static String names(List<Item> items) {
    return items.stream().map(Item::name).collect(Collectors.joining(", "));
  }

  private static void append(StringBuilder text, String before, String part) {
    if (!part.isEmpty()) {
      text.append(before).append(part);
    }
  }
}
