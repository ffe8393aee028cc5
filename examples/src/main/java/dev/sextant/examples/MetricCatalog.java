// SPDX-License-Identifier: Apache-2.0
package dev.sextant.examples;

import dev.sextant.model.Documentation;
import dev.sextant.model.Metric;
import dev.sextant.model.ModelResult;
import dev.sextant.model.load.ModelLoader;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Writes a project's metrics as a page of Markdown, for people who want to know what there is and who answers for it. */
public final class MetricCatalog {

  private MetricCatalog() {}

  /** {@code [FOLDER]}, by default {@code examples/retail}. */
  public static void main(String[] args) {
    System.out.println(page(Path.of(args.length > 0 ? args[0] : "examples/retail")));
  }

  private static String page(Path folder) {
    return switch (ModelLoader.load(folder, System.getenv())) {
      case ModelResult.Valid valid -> valid.model()
          .definitions()
          .metrics()
          .stream()
          .map(MetricCatalog::row)
          .collect(Collectors.joining("\n", "| metric | kind | unit | what | owner |\n| --- | --- | --- | --- | --- |\n", ""));
      case ModelResult.Invalid invalid -> "The project is not valid: " + invalid.issues().getFirst().message();
    };
  }

  private static String row(Metric metric) {
    Documentation about = metric.header().documentation();
    return "| " + String.join(" | ", metric.name(), kind(metric), about.unit().orElse(""), about.description(), about.owner().orElse(""))
        + " |";
  }

  private static String kind(Metric metric) {
    return switch (metric) {
      case Metric.Simple simple -> simple.measure().aggregation().label();
      case Metric.Ratio ratio -> ratio.numerator().metric() + " / " + ratio.denominator().metric();
      case Metric.Derived derived -> "derived";
      case Metric.Cumulative cumulative -> "cumulative " + cumulative.input().measure().aggregation().label();
      case Metric.Conversion conversion -> "conversion of " + conversion.base().name();
    };
  }
}
