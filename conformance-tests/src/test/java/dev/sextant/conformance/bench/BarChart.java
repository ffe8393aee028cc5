// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Groups of horizontal bars on a logarithmic scale, as SVG that reads on light and dark pages. */
final class BarChart {
  private static final List<String> COLOURS = List.of("#8a99a8", "#1f6feb", "#bf6a02", "#2da44e");
  /** No bar. */
  static final double NOTHING = Double.NaN;
  private static final int LABELS = 450;
  private static final int BARS = 560;
  private static final int BAR = 7;
  private static final int GAP = 8;
  private static final int TOP = 58;

  private final String title;
  private final List<String> series;
  private final List<Group> groups = new ArrayList<>();

  BarChart(String title, List<String> series) {
    this.title = title;
    this.series = List.copyOf(series);
  }

  /** The values of one label, one for each series. */
  private record Group(String label, List<Double> values) {}

  void add(String label, List<Double> values) {
    groups.add(new Group(label, List.copyOf(values)));
  }

  String svg() {
    List<Double> values = groups.stream().flatMap(group -> group.values().stream()).filter(Double::isFinite).toList();
    double least = Math.floor(Math.log10(values.stream().min(Double::compare).orElse(1.0)));
    double most = Math.ceil(Math.log10(values.stream().max(Double::compare).orElse(10.0)));
    int height = TOP + groups.size() * (series.size() * BAR + GAP) + 20;
    StringBuilder out = new StringBuilder();
    append(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"system-ui, sans-serif\" font-size=\"12\">%n",
        LABELS + BARS + 60, height);
    append(out,
        "<style>text { fill: #1b2733 } .faint { fill: #667788 } line { stroke: #d5dde5 } @media (prefers-color-scheme: dark) { text { fill: #e4e9ee } "
            + ".faint { fill: #93a1b0 } line { stroke: #36414d } }</style>%n");
    append(out, "<text x=\"4\" y=\"18\" font-size=\"15\" font-weight=\"600\">%s</text>%n", escaped(title));
    for (int i = 0; i < series.size(); i++) {
      append(out, "<rect x=\"%d\" y=\"30\" width=\"10\" height=\"10\" fill=\"%s\"/><text x=\"%d\" y=\"39\">%s</text>%n", LABELS + i * 130,
          COLOURS.get(i),
          LABELS + 16 + i * 130, escaped(series.get(i)));
    }
    for (double power = least; power <= most; power++) {
      double x = x(power, least, most);
      append(out,
          "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/><text class=\"faint\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>%n",
          x, x, TOP - 8,
          height - 18, x, height - 4, power < 0 ? String.valueOf(Math.pow(10, power)) : String.valueOf((long) Math.pow(10, power)));
    }
    for (int i = 0; i < groups.size(); i++) {
      group(groups.get(i), TOP + i * (series.size() * BAR + GAP), least, most, out);
    }
    return out.append("</svg>\n").toString();
  }

  private static double x(double power, double least, double most) {
    return LABELS + (power - least) / Math.max(1, most - least) * BARS;
  }

  private void group(Group group, int top, double least, double most, StringBuilder out) {
    append(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>%n", LABELS - 8, top + series.size() * BAR / 2 + 4,
        escaped(group.label()));
    for (int i = 0; i < series.size(); i++) {
      double value = group.values().get(i);
      if (!Double.isFinite(value)) {
        continue;
      }
      double end = x(Math.log10(value), least, most);
      append(out, "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"><title>%s: %.2f</title></rect>%n", LABELS,
          top + i * BAR,
          Math.max(1, end - LABELS), BAR - 1, COLOURS.get(i), escaped(series.get(i)), value);
    }
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  private static void append(StringBuilder out, String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values));
  }
}
