// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.avatica;

import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.server.Backend;
import dev.sextant.server.HttpMount;
import dev.sextant.server.ServerConfig;
import dev.sextant.server.error.ServerIssue;
import dev.sextant.server.ops.Operations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.apache.calcite.avatica.metrics.noop.NoopMetricsSystem;
import org.apache.calcite.avatica.remote.Handler.HandlerResponse;
import org.apache.calcite.avatica.remote.JsonHandler;
import org.apache.calcite.avatica.remote.ProtobufHandler;
import org.apache.calcite.avatica.remote.ProtobufTranslation;
import org.apache.calcite.avatica.remote.ProtobufTranslationImpl;
import org.apache.calcite.avatica.remote.Service;

/** Avatica at {@code /avatica}, in both of its encodings. */
public final class AvaticaMount implements HttpMount {
  private final Backend backend;
  private final Operations operations;
  private final Supplier<ServerConfig> config;
  private final Connections connections = new Connections();

  public AvaticaMount(Backend backend, Operations operations, Supplier<ServerConfig> config) {
    this.backend = backend;
    this.operations = operations;
    this.config = config;
  }

  @Override
  public String path() {
    return "/avatica";
  }

  /** Loads the protocol's many classes when somebody speaks it. */
  private static final class Wire {
    static final ProtobufTranslation PROTOBUF = new ProtobufTranslationImpl();
  }

  /** Clients do not say which encoding they use; only JSON begins with a brace. */
  @Override
  public Reply answer(Ask ask) throws IOException {
    if (!ask.method().equals("POST")) {
      throw new SextantException(Issue.of(ServerIssue.METHOD_NOT_ALLOWED, Position.NOWHERE,
          "This path speaks Avatica's protocol, which is POST only; connect with Avatica's JDBC driver."));
    }
    Statements statements = new Statements(backend, operations, config.get().limits().queryTimeout(), ask.caller(),
        ask.clientHasGone());
    Refusals refusals = new Refusals();
    Service service = new AvaticaService(connections, statements);
    byte[] request = ask.body().bytes();
    return request.length > 0 && request[0] == '{' ? json(request, service, refusals) : protobuf(request, service, refusals);
  }

  private static Reply json(byte[] request, Service service, Refusals refusals) {
    HandlerResponse<String> response = new JsonHandler(service, NoopMetricsSystem.getInstance()) {
      @Override
      public HandlerResponse<String> convertToErrorResponse(Exception failure) {
        return refusals.json(failure);
      }
    }.apply(new String(request, StandardCharsets.UTF_8));
    return new Reply(response.getStatusCode(), "application/json", response.getResponse().getBytes(StandardCharsets.UTF_8),
        refusals.outcome());
  }

  private static Reply protobuf(byte[] request, Service service, Refusals refusals) {
    HandlerResponse<byte[]> response = new ProtobufHandler(service, Wire.PROTOBUF, NoopMetricsSystem.getInstance()) {
      @Override
      public HandlerResponse<byte[]> convertToErrorResponse(Exception failure) {
        return refusals.protobuf(failure, Wire.PROTOBUF);
      }
    }.apply(request);
    return new Reply(response.getStatusCode(), "application/x-google-protobuf", response.getResponse(), refusals.outcome());
  }
}
