// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.flight;

import dev.sextant.server.Backend;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.arrow.flight.CloseSessionResult;
import org.apache.arrow.flight.FlightProducer.CallContext;
import org.apache.arrow.flight.FlightServerMiddleware;
import org.apache.arrow.flight.GetSessionOptionsResult;
import org.apache.arrow.flight.NoOpSessionOptionValueVisitor;
import org.apache.arrow.flight.ServerSessionMiddleware;
import org.apache.arrow.flight.SessionOptionValue;
import org.apache.arrow.flight.SetSessionOptionsRequest;
import org.apache.arrow.flight.SetSessionOptionsResult;
import org.apache.arrow.flight.SetSessionOptionsResult.ErrorValue;

/** The options of sessions: a catalog and a schema, of which there is one each. */
record Sessions(Backend backend) {
  static final FlightServerMiddleware.Key<ServerSessionMiddleware> KEY = FlightServerMiddleware.Key.of("sessions");

  static ServerSessionMiddleware.Factory factory() {
    return new ServerSessionMiddleware.Factory(() -> UUID.randomUUID().toString());
  }

  SetSessionOptionsResult set(SetSessionOptionsRequest request, CallContext context) {
    ServerSessionMiddleware.Session session = context.getMiddleware(KEY).getSession();
    Map<String, SetSessionOptionsResult.Error> refused = new LinkedHashMap<>();
    request.getSessionOptions().forEach((name, value) -> {
      if (value.isEmpty()) {
        session.eraseSessionOption(name);
      } else if (!name.equals("catalog") && !name.equals("schema")) {
        refused.put(name, new SetSessionOptionsResult.Error(ErrorValue.INVALID_NAME));
      } else if (!text(value).equals(name.equals("catalog") ? backend.model().model().project().name() : "public")) {
        refused.put(name, new SetSessionOptionsResult.Error(ErrorValue.INVALID_VALUE));
      } else {
        session.setSessionOption(name, value);
      }
    });
    return new SetSessionOptionsResult(refused);
  }

  private static String text(SessionOptionValue value) {
    return String.valueOf((Object) value.acceptVisitor(new NoOpSessionOptionValueVisitor<String>() {
      @Override
      public String visit(String text) {
        return text;
      }
    }));
  }

  GetSessionOptionsResult get(CallContext context) {
    ServerSessionMiddleware middleware = context.getMiddleware(KEY);
    return new GetSessionOptionsResult(middleware.hasSession() ? middleware.getSession().getSessionOptions() : new LinkedHashMap<>());
  }

  CloseSessionResult close(CallContext context) {
    ServerSessionMiddleware middleware = context.getMiddleware(KEY);
    if (!middleware.hasSession()) {
      return new CloseSessionResult(CloseSessionResult.Status.NOT_CLOSABLE);
    }
    middleware.closeSession();
    return new CloseSessionResult(CloseSessionResult.Status.CLOSED);
  }
}
