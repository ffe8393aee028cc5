// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.http;

import dev.sextant.server.error.Failures;
import dev.sextant.server.http.connection.Connection;
import dev.sextant.server.ops.ServerMeters;
import dev.sextant.server.ops.Version;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens around every request: errors become answers, and how it went and how long it took is measured. */
record RequestLoop(String door, ServerMeters meters, BooleanSupplier draining, Origins origins, Callers callers) {
  private static final Logger LOG = LoggerFactory.getLogger("dev.sextant.http");

  void run(Context context, String route, Route.Work work) {
    long started = System.nanoTime();
    if (draining.getAsBoolean()) {
      context.header("Connection", "close");
    }
    context.header("Sextant-Version", Version.TEXT);
    try {
      origins.check(context);
      callers.identify(context, route);
      work.answer(context);
    } catch (Throwable failure) {
      Outcomes.set(context, fail(context, failure));
    } finally {
      meters.count(new ServerMeters.Request(door, route, Outcomes.of(context)), Duration.ofNanos(System.nanoTime() - started));
    }
  }

  private static String fail(Context context, Throwable failure) {
    if (failure instanceof IOException) {
      Connection.of(context).reset(failure); // reading or writing broke: there is nobody to tell
      return "CLIENT_GONE";
    }
    var issues = Failures.issues(failure);
    if (Failures.isBug(issues)) {
      LOG.atError().setCause(failure).log("A fault of our own in {} {}", context.req().getMethod(), context.path());
    }
    try {
      if (context.res().isCommitted()) {
        Connection.of(context).reset(failure);
      } else {
        Errors.send(context, issues);
      }
    } catch (IOException gone) {
      Connection.of(context).reset(gone);
    }
    return issues.getFirst().code().name();
  }
}
