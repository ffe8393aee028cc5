// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.http;

import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.server.answer.AnswerFormat;
import dev.sextant.server.error.ServerIssue;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a client accepts, by its {@code Accept} headers: the answer's format and whether it may be compressed. */
final class Accepted {
  private static final Pattern WEIGHT = Pattern.compile("q=[01](\\.\\d{0,3})?");
  private static final List<String> NDJSON_NAMES = List.of("application/ndjson", "application/jsonl", "application/x-jsonlines");

  private Accepted() {}

  /** One alternative of a header and how much it is wanted, from 0 to 1. */
  private record Wish(String value, double weight) {}

  /** The most wanted format; JSON when the client has no wish. */
  static AnswerFormat format(Context context) {
    List<Wish> wishes = wishes(context.header("Accept"));
    if (wishes.isEmpty()) {
      return AnswerFormat.JSON;
    }
    AnswerFormat best = AnswerFormat.JSON;
    double bestWeight = 0;
    for (AnswerFormat format : AnswerFormat.values()) {
      double weight = weight(format, wishes);
      if (weight > bestWeight) {
        best = format;
        bestWeight = weight;
      }
    }
    if (bestWeight == 0) {
      throw notAcceptable(Arrays.stream(AnswerFormat.values()).map(AnswerFormat::mediaType).toList());
    }
    return best;
  }

  /** Whether plain text is wanted rather than JSON. */
  static boolean plainText(Context context) {
    return wishes(context.header("Accept")).stream().anyMatch(wish -> wish.value.equals("text/plain") && wish.weight > 0);
  }

  static boolean gzip(Context context) {
    return wishes(context.header("Accept-Encoding")).stream().anyMatch(wish -> wish.value.equals("gzip") && wish.weight > 0);
  }

  private static SextantException notAcceptable(List<String> offered) {
    return new SextantException(
        new Issue(ServerIssue.NOT_ACCEPTABLE, "Answers come as " + String.join(", ", offered) + ".", Position.NOWHERE, offered));
  }

  /** The weight of the most precise wish that a format fulfils. */
  private static double weight(AnswerFormat format, List<Wish> wishes) {
    return exactly(format, wishes).or(() -> byValue(format.mediaType().replaceFirst("/.*", "/*"), wishes))
        .or(() -> byValue("*/*", wishes))
        .orElse(0.0);
  }

  private static Optional<Double> exactly(AnswerFormat format, List<Wish> wishes) {
    Optional<Double> weight = byValue(format.mediaType(), wishes);
    if (weight.isEmpty() && format == AnswerFormat.NDJSON) {
      return NDJSON_NAMES.stream().flatMap(name -> byValue(name, wishes).stream()).findFirst();
    }
    return weight;
  }

  private static Optional<Double> byValue(String value, List<Wish> wishes) {
    return wishes.stream().filter(wish -> wish.value.equals(value)).map(Wish::weight).findFirst();
  }

  private static List<Wish> wishes(@org.jspecify.annotations.Nullable String header) {
    List<Wish> wishes = new ArrayList<>();
    for (String part : header == null ? new String[0] : header.split(",")) {
      String[] pieces = part.split(";", -1);
      String value = pieces[0].strip().toLowerCase(Locale.ROOT);
      if (!value.isEmpty()) {
        wishes.add(new Wish(value, weight(pieces)));
      }
    }
    return wishes;
  }

  private static double weight(String[] pieces) {
    for (String piece : pieces) {
      String text = piece.strip().toLowerCase(Locale.ROOT);
      if (WEIGHT.matcher(text).matches()) {
        return Double.parseDouble(text.substring(2));
      }
    }
    return 1;
  }
}
