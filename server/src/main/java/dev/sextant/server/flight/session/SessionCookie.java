// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.flight.session;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.arrow.flight.CallHeaders;
import org.apache.arrow.flight.CallInfo;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.FlightServerMiddleware;
import org.apache.arrow.flight.RequestContext;
import org.apache.arrow.flight.SessionOptionValue;

/** The session of one call, by the cookie that clients of Flight show. A cookie of a session that is over is as none. */
public final class SessionCookie implements FlightServerMiddleware {
  public static final Key<SessionCookie> KEY = Key.of("sessions");
  private static final String NAME = "arrow_flight_session_id";

  private final SessionStore store;
  private final Optional<String> shown;
  private Optional<String> told = Optional.empty();

  private SessionCookie(SessionStore store, Optional<String> shown) {
    this.store = store;
    this.shown = shown;
  }

  /** Finds the sessions of calls in {@code store}. */
  public record Factory(SessionStore store) implements FlightServerMiddleware.Factory<SessionCookie> {
    @Override
    public SessionCookie onCallStarted(CallInfo call, CallHeaders headers, RequestContext context) {
      return new SessionCookie(store, shown(headers));
    }
  }

  private static Optional<String> shown(CallHeaders headers) {
    Iterable<String> cookies = headers.getAll("cookie");
    return cookies == null ? Optional.empty()
        : StreamSupport.stream(cookies.spliterator(), false)
            .flatMap(header -> Stream.of(header.split(";", -1)))
            .map(String::strip)
            .filter(cookie -> cookie.startsWith(NAME + "="))
            .map(cookie -> cookie.substring(NAME.length() + 1))
            .findFirst();
  }

  /** The options that are set; nothing without a session. */
  Optional<Map<String, SessionOptionValue>> options() {
    return shown.flatMap(store::options);
  }

  /** Sets all options of the session, which begins here if there is none. */
  void set(Map<String, SessionOptionValue> options) {
    String id = shown.filter(known -> store.options(known).isPresent()).orElseGet(store::begin);
    store.put(id, new LinkedHashMap<>(options));
    told = Optional.of(NAME + "=" + id);
  }

  /** Ends the session, false where there is none. */
  boolean end() {
    Optional<String> open = shown.filter(known -> store.options(known).isPresent());
    open.ifPresent(store::end);
    told = open.map(id -> NAME + "=" + id + "; Max-Age=0");
    return open.isPresent();
  }

  @Override
  public void onBeforeSendingHeaders(CallHeaders headers) {
    told.ifPresent(cookie -> headers.insert("set-cookie", cookie));
  }

  @Override
  public void onCallCompleted(CallStatus status) {
    // Sessions outlive their calls.
  }

  @Override
  public void onCallErrored(Throwable failure) {
    // Sessions outlive their calls.
  }
}
