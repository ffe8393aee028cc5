// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.quality;

import java.util.List;
import java.util.Locale;

/** A page of drift: a table of all features, and for each a chart of its bins then and now. It needs nothing but itself. */
final class DriftReport {
  private static final int HEIGHT = 90;
  private static final int BAR = 14;
  private static final int GAP = 10;

  private final StringBuilder out = new StringBuilder();

  private DriftReport() {}

  static String html(String set, String dataset, String at, List<FeatureDrift> features) {
    DriftReport report = new DriftReport();
    report.head(set, dataset, at);
    report.table(features);
    features.forEach(report::chart);
    report.out.append("</body>\n</html>\n");
    return report.out.toString();
  }

  private void head(String set, String dataset, String at) {
    out.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Drift of ")
        .append(text(set))
        .append("</title>\n<style>body{font:14px system-ui,sans-serif;margin:2rem;max-width:60rem}table{border-collapse:collapse}"
            + "td,th{padding:.25rem .75rem;border-bottom:1px solid #ddd;text-align:right}td:first-child,th:first-child{text-align:left}"
            + ".drift{color:#b00020;font-weight:600}.then{fill:#9aa5b1}.now{fill:#2f6fdb}text{font-size:9px}</style>\n</head>\n<body>\n<h1>Drift of ")
        .append(text(set))
        .append("</h1>\n<p>Features as of ")
        .append(text(at))
        .append(" (blue) against training set ")
        .append(text(dataset))
        .append(
            " (grey). A feature drifts at a population stability index of 0.2, a Jensen-Shannon distance of 0.1 or a Kolmogorov-Smirnov "
                + "distance of 0.1.</p>\n");
  }

  private void table(List<FeatureDrift> features) {
    out.append("<table>\n<tr><th>feature</th><th>PSI</th><th>Jensen-Shannon</th><th>Kolmogorov-Smirnov</th><th>verdict</th></tr>\n");
    features.forEach(feature -> out.append("<tr")
        .append(feature.isDrift() ? " class=\"drift\"" : "")
        .append("><td>")
        .append(text(feature.feature()))
        .append("</td><td>")
        .append(number(feature.distance().populationStability()))
        .append("</td><td>")
        .append(number(feature.distance().jensenShannon()))
        .append("</td><td>")
        .append(number(feature.distance().kolmogorovSmirnov()))
        .append("</td><td>")
        .append(verdict(feature))
        .append("</td></tr>\n"));
    out.append("</table>\n");
  }

  private static String verdict(FeatureDrift feature) {
    return !feature.enough() ? "too few values" : feature.isDrift() ? "drift" : "stable";
  }

  private void chart(FeatureDrift feature) {
    int bins = feature.bins().size();
    double before = sum(feature.baseline());
    double now = sum(feature.current());
    double tallest = 0;
    for (int i = 0; i < bins; i++) {
      tallest = Math.max(tallest, Math.max(feature.baseline().get(i) / before, feature.current().get(i) / now));
    }
    out.append("<h2>")
        .append(text(feature.feature()))
        .append("</h2>\n<svg role=\"img\" width=\"")
        .append(bins * (2 * BAR + GAP))
        .append("\" height=\"")
        .append(HEIGHT + 60)
        .append("\">\n");
    for (int i = 0; i < bins; i++) {
      int x = i * (2 * BAR + GAP);
      bar("then", x, feature.baseline().get(i) / before / tallest);
      bar("now", x + BAR, feature.current().get(i) / now / tallest);
      out.append("<text transform=\"translate(")
          .append(x + BAR)
          .append(',')
          .append(HEIGHT + 8)
          .append(") rotate(45)\">")
          .append(text(feature.bins().get(i)))
          .append("</text>\n");
    }
    out.append("</svg>\n");
  }

  private void bar(String kind, int x, double share) {
    int height = Double.isFinite(share) ? (int) Math.round(share * HEIGHT) : 0;
    out.append("<rect class=\"")
        .append(kind)
        .append("\" x=\"")
        .append(x)
        .append("\" y=\"")
        .append(HEIGHT - height)
        .append("\" width=\"")
        .append(BAR - 1)
        .append("\" height=\"")
        .append(height)
        .append("\"/>\n");
  }

  private static double sum(List<Long> counts) {
    return counts.stream().mapToLong(Long::longValue).sum();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  private static String text(String value) {
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
  }
}
