// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.boot;

import dev.sextant.activation.schedule.Activations;
import dev.sextant.activation.serving.Features;
import dev.sextant.cache.engine.ResultCache;
import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.query.Catalog;
import dev.sextant.query.QueryEngine;
import dev.sextant.query.SqlEngine;
import dev.sextant.query.Warehouse;
import dev.sextant.server.Backend;
import dev.sextant.server.ModelState;
import dev.sextant.server.error.ServerIssue;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** A backend that is being opened: doors may take requests already, which wait here. */
final class StartingBackend implements Backend {
  private static final long PATIENCE_SECONDS = 60;

  private final CompletableFuture<? extends Backend> opening;

  StartingBackend(CompletableFuture<? extends Backend> opening) {
    this.opening = opening;
  }

  @Override
  public boolean ready() {
    return opening.isDone() && !opening.isCompletedExceptionally();
  }

  @Override
  public QueryEngine engine() {
    return opened().engine();
  }

  @Override
  public SqlEngine sql() {
    return opened().sql();
  }

  @Override
  public Catalog catalog() {
    return opened().catalog();
  }

  @Override
  public ModelState model() {
    return opened().model();
  }

  @Override
  public Function<String, Warehouse> warehouses() {
    return opened().warehouses();
  }

  @Override
  public Optional<ResultCache> cache() {
    return opened().cache();
  }

  @Override
  public Features features() {
    return opened().features();
  }

  @Override
  public Activations activations() {
    return opened().activations();
  }

  private Backend opened() {
    try {
      return opening.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException notOpen) {
      throw starting();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw starting();
    }
  }

  private static SextantException starting() {
    return new SextantException(Issue.of(ServerIssue.STARTING, Position.NOWHERE, "The server has not opened the project yet."));
  }
}
