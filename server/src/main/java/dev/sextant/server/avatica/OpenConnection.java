// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.avatica;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A client's connection: its statements. Those that were not used for the longest time go when there are too many. */
final class OpenConnection {
  private static final int MOST = 1_000;

  private final String id;
  private final Map<Integer, OpenStatement> statements = new LinkedHashMap<>(16, 0.75f, true);
  private int last;

  OpenConnection(String id) {
    this.id = id;
  }

  String id() {
    return id;
  }

  /** Opens a statement; {@code sql} is what it was prepared with. */
  int add(String sql) {
    Optional<OpenStatement> gone = Optional.empty();
    int number;
    synchronized (statements) {
      if (statements.size() >= MOST) {
        gone = Optional.ofNullable(statements.remove(statements.keySet().iterator().next()));
      }
      number = ++last;
      statements.put(number, new OpenStatement(sql));
    }
    gone.ifPresent(OpenStatement::close);
    return number;
  }

  Optional<OpenStatement> find(int number) {
    synchronized (statements) {
      return Optional.ofNullable(statements.get(number));
    }
  }

  void close(int number) {
    Optional<OpenStatement> closed;
    synchronized (statements) {
      closed = Optional.ofNullable(statements.remove(number));
    }
    closed.ifPresent(OpenStatement::close);
  }

  void close() {
    List<OpenStatement> all;
    synchronized (statements) {
      all = new ArrayList<>(statements.values());
      statements.clear();
    }
    all.forEach(OpenStatement::close);
  }
}
