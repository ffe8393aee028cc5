// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse.statement;

import dev.sextant.model.Issue;
import dev.sextant.model.NearestNames;
import dev.sextant.model.SextantException;
import dev.sextant.model.WarehouseConfig;
import dev.sextant.query.QueryIssue;
import java.util.List;
import java.util.Optional;

/** Reads a warehouse's options, with errors at the place of its definition. */
public record WarehouseOptions(WarehouseConfig config) {

  public Optional<String> text(String name) {
    return Optional.ofNullable(config.options().get(name));
  }

  public boolean flag(String name, boolean otherwise) {
    String value = text(name).orElse(Boolean.toString(otherwise));
    if (!value.equals("true") && !value.equals("false")) {
      throw wrong(name, "must be true or false", List.of());
    }
    return value.equals("true");
  }

  public int number(String name, int otherwise) {
    Optional<String> value = text(name);
    if (value.isEmpty()) {
      return otherwise;
    }
    if (!value.get().matches("[1-9]\\d{0,8}")) {
      throw wrong(name, "must be a whole number above 0", List.of());
    }
    return Integer.parseInt(value.get());
  }

  /** One of {@code allowed}, the first when nothing is said. */
  public String choice(String name, List<String> allowed) {
    String value = text(name).orElse(allowed.getFirst());
    if (!allowed.contains(value)) {
      throw wrong(name, "must be one of " + String.join(", ", allowed), NearestNames.to(value, allowed));
    }
    return value;
  }

  /** An option whose value cannot be used; the value itself stays unsaid, for it may be a secret. */
  public SextantException wrong(String name, String why, List<String> near) {
    return new SextantException(
        new Issue(QueryIssue.WAREHOUSE_CONFIG, "option '" + name + "' of warehouse '" + config.name() + "' " + why + "."
            + NearestNames.question(near), config.position(), near));
  }
}
