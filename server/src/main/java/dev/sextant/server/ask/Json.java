// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.ask;

import dev.sextant.model.Position;
import java.util.List;

/** A JSON value that knows where it was written. */
sealed interface Json {

  Position at();

  /** What people call such a value. */
  String kind();

  record Text(String value, Position at) implements Json {
    @Override
    public String kind() {
      return "a string";
    }
  }

  /** A number as written. */
  record Number(String text, Position at) implements Json {
    @Override
    public String kind() {
      return "a number";
    }
  }

  record Flag(boolean value, Position at) implements Json {
    @Override
    public String kind() {
      return "a boolean";
    }
  }

  record Null(Position at) implements Json {
    @Override
    public String kind() {
      return "null";
    }
  }

  record Array(List<Json> items, Position at) implements Json {
    @Override
    public String kind() {
      return "a list";
    }
  }

  record Object(List<Member> members, Position at) implements Json {
    @Override
    public String kind() {
      return "an object";
    }
  }

  /** A key, where it stands, and its value. */
  record Member(String key, Position at, Json value) {}
}
