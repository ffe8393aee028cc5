// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse.statement;

import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.query.QueryIssue;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** What one statement holds open; closed once, the last opened first, all of it even when some of it fails. */
public final class Closing implements AutoCloseable {
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  public <T extends AutoCloseable> T add(T resource) {
    open.push(resource);
    return resource;
  }

  @Override
  public void close() {
    Optional<Exception> first = Optional.empty();
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception failure) {
        first.ifPresent(failure::addSuppressed);
        first = first.or(() -> Optional.of(failure));
      }
    }
    first.ifPresent(failure -> {
      throw new SextantException(
          Issue.of(QueryIssue.INTERNAL, Position.NOWHERE, "closing a statement failed: " + failure.getMessage()), failure);
    });
  }

  /** Closes everything after {@code cause}, which keeps whatever else goes wrong. */
  public void closeAfter(Throwable cause) {
    try {
      close();
    } catch (RuntimeException failure) {
      cause.addSuppressed(failure);
    }
  }
}
