// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cube;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A condition as asked. */
sealed interface CubeFilter {

  /** A condition on one member. */
  record One(String member, String operator, List<@Nullable String> values) implements CubeFilter {}

  /** Conditions of which all must hold. */
  record All(List<CubeFilter> filters) implements CubeFilter {}

  /** Conditions of which one must hold. */
  record Any(List<CubeFilter> filters) implements CubeFilter {}

  /** The members it names. */
  default Stream<String> members() {
    return switch (this) {
      case One one -> Stream.of(one.member);
      case All all -> all.filters.stream().flatMap(CubeFilter::members);
      case Any any -> any.filters.stream().flatMap(CubeFilter::members);
    };
  }

  /** The condition as clients send it. */
  default Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    switch (this) {
      case One one -> {
        json.put("member", one.member);
        json.put("operator", one.operator);
        if (!one.values.isEmpty()) {
          json.put("values", one.values);
        }
      }
      case All all -> json.put("and", all.filters.stream().map(CubeFilter::json).toList());
      case Any any -> json.put("or", any.filters.stream().map(CubeFilter::json).toList());
    }
    return json;
  }
}
