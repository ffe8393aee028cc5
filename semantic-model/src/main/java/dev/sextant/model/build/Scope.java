// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.build;

import dev.sextant.model.CustomGrain;
import dev.sextant.model.Grain;
import dev.sextant.model.Issues;
import dev.sextant.model.ModelIssue;
import dev.sextant.model.Position;
import dev.sextant.model.Project;
import dev.sextant.model.TimeGrain;
import dev.sextant.model.TimeSpine;
import dev.sextant.model.TimeWindow;
import dev.sextant.model.WarehouseConfig;
import dev.sextant.model.yaml.Located;
import dev.sextant.model.yaml.def.WindowDef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What all builders share: the project, the grains, the expressions and the issues. */
final class Scope {
  private static final Pattern LENGTH = Pattern.compile("\\s*(\\d{1,9})\\s+([\\w]+)\\s*");

  private final Project project;
  private final Issues issues;
  private final Places places;
  private final Exprs exprs;
  private final Map<String, CustomGrain> customGrains = new LinkedHashMap<>();

  Scope(Project project, Issues issues, Places places) {
    this.project = project;
    this.issues = issues;
    this.places = places;
    this.exprs = new Exprs(issues, places);
  }

  Places places() {
    return places;
  }

  Issues issues() {
    return issues;
  }

  Exprs exprs() {
    return exprs;
  }

  void declare(List<TimeSpine> spines) {
    spines.forEach(spine -> spine.customGrains().forEach(grain -> customGrains.put(grain.label(), grain)));
  }

  /** A name of the model; they are lower-case. */
  static String name(Located<String> written) {
    return written.value().strip().toLowerCase(Locale.ROOT);
  }

  static List<String> names(List<Located<String>> written) {
    return written.stream().map(Scope::name).toList();
  }

  static boolean isTrue(Optional<Located<Boolean>> flag) {
    return flag.map(Located::value).orElse(false);
  }

  String warehouse(Optional<Located<String>> written) {
    written.ifPresent(name -> {
      List<String> known = project.warehouses().stream().map(WarehouseConfig::name).toList();
      if (!known.contains(name.value())) {
        issues.unknown(ModelIssue.UNKNOWN_WAREHOUSE, name.position(), "warehouse '" + name.value() + "' is not defined in sextant.yml.",
            name.value(), known);
      }
    });
    return written.map(Located::value).orElse(project.defaultWarehouse());
  }

  Optional<Grain> grain(Located<String> written) {
    return grain(written.value().strip(), written::position);
  }

  Optional<Grain> grain(Optional<Located<String>> written) {
    return written.flatMap(this::grain);
  }

  private Optional<Grain> grain(String text, Supplier<Position> at) {
    String lower = text.toLowerCase(Locale.ROOT);
    Optional<Grain> found = TimeGrain.named(lower)
        .<Grain>map(grain -> grain)
        .or(() -> Optional.ofNullable(customGrains.get(lower)))
        .or(() -> lower.endsWith("s") ? Optional.ofNullable(customGrains.get(lower.substring(0, lower.length() - 1))) : Optional.empty());
    if (found.isEmpty()) {
      issues.unknown(ModelIssue.UNKNOWN_GRAIN, at.get(), "grain '" + text + "' is not known.", text, grainNames());
    }
    return found;
  }

  /** A grain where only the standard ones may stand. */
  Optional<TimeGrain> standardGrain(Located<String> written) {
    Optional<TimeGrain> found = TimeGrain.named(written.value().strip());
    if (found.isEmpty()) {
      issues.unknown(ModelIssue.UNKNOWN_GRAIN, written.position(), "grain '" + written.value() + "' is not a standard grain.",
          written.value(), standardNames());
    }
    return found;
  }

  private List<String> grainNames() {
    List<String> names = new ArrayList<>(standardNames());
    names.addAll(customGrains.keySet());
    return names;
  }

  private static List<String> standardNames() {
    return Arrays.stream(TimeGrain.values()).map(TimeGrain::label).toList();
  }

  /** Where a length of time stands. */
  static Optional<Position> position(WindowDef written) {
    return written.length().or(written::granularity).map(Located::position);
  }

  Optional<TimeWindow> window(Optional<WindowDef> written) {
    return written.flatMap(this::window);
  }

  Optional<TimeWindow> window(WindowDef written) {
    if (written.length().isPresent()) {
      return window(written.length().get());
    }
    if (written.count().isPresent() && written.granularity().isPresent()) {
      Located<Long> count = written.count().get();
      return grain(written.granularity().get()).flatMap(grain -> window(count.value(), grain, count.position()));
    }
    written.count().ifPresent(count -> issues.add(ModelIssue.MISSING_KEY, count.position(), "a length of time needs a granularity"));
    written.granularity().ifPresent(grain -> issues.add(ModelIssue.MISSING_KEY, grain.position(), "a length of time needs a count"));
    return Optional.empty();
  }

  Optional<TimeWindow> window(Located<String> text) {
    Matcher matcher = LENGTH.matcher(text.value());
    if (!matcher.matches()) {
      issues.add(ModelIssue.INVALID_VALUE, text.position(),
          "a length of time is a number and a grain, such as 7 days; found '" + text.value()
              + "'");
      return Optional.empty();
    }
    long count = Long.parseLong(matcher.group(1));
    return grain(matcher.group(2), () -> text.scalar().place(matcher.start(2))).flatMap(grain -> window(count, grain, text.position()));
  }

  private Optional<TimeWindow> window(long count, Grain grain, Position at) {
    if (count < 1 || count > Integer.MAX_VALUE) {
      issues.add(ModelIssue.INVALID_VALUE, at, "a length of time has at least one period, not " + count);
      return Optional.empty();
    }
    if (grain instanceof TimeGrain standard && !standard.fits(count)) {
      issues.add(ModelIssue.INVALID_VALUE, at, "a length of time has at most 10000 years, not " + count + " " + grain.label() + "s");
      return Optional.empty();
    }
    return Optional.of(new TimeWindow((int) count, grain));
  }
}
