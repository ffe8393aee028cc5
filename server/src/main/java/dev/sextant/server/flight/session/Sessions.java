// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.flight.session;

import dev.sextant.server.Backend;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.arrow.flight.CloseSessionResult;
import org.apache.arrow.flight.FlightProducer.CallContext;
import org.apache.arrow.flight.GetSessionOptionsResult;
import org.apache.arrow.flight.NoOpSessionOptionValueVisitor;
import org.apache.arrow.flight.SessionOptionValue;
import org.apache.arrow.flight.SetSessionOptionsRequest;
import org.apache.arrow.flight.SetSessionOptionsResult;
import org.apache.arrow.flight.SetSessionOptionsResult.ErrorValue;

/** The options of sessions: a catalog and a schema, of which there is one each. */
public record Sessions(Backend backend) {

  public SetSessionOptionsResult set(SetSessionOptionsRequest request, CallContext context) {
    SessionCookie session = context.getMiddleware(SessionCookie.KEY);
    Map<String, SessionOptionValue> options = new LinkedHashMap<>(session.options().orElseGet(Map::of));
    Map<String, SetSessionOptionsResult.Error> refused = new LinkedHashMap<>();
    request.getSessionOptions().forEach((name, value) -> {
      if (value.isEmpty()) {
        options.remove(name);
      } else if (!name.equals("catalog") && !name.equals("schema")) {
        refused.put(name, new SetSessionOptionsResult.Error(ErrorValue.INVALID_NAME));
      } else if (!text(value).equals(name.equals("catalog") ? backend.model().model().project().name() : "public")) {
        refused.put(name, new SetSessionOptionsResult.Error(ErrorValue.INVALID_VALUE));
      } else {
        options.put(name, value);
      }
    });
    session.set(options);
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

  public GetSessionOptionsResult get(CallContext context) {
    return new GetSessionOptionsResult(context.getMiddleware(SessionCookie.KEY).options().orElseGet(Map::of));
  }

  public CloseSessionResult close(CallContext context) {
    boolean ended = context.getMiddleware(SessionCookie.KEY).end();
    return new CloseSessionResult(ended ? CloseSessionResult.Status.CLOSED : CloseSessionResult.Status.NOT_CLOSABLE);
  }
}
