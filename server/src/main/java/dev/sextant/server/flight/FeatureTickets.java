// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.flight;

import dev.sextant.activation.serving.ServedRows;
import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.query.Caller;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.engine.SeenModel;
import dev.sextant.server.Backend;
import dev.sextant.server.ask.FeatureRequest;
import dev.sextant.server.features.FeatureApi;
import dev.sextant.server.features.FeatureBatch;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.apache.arrow.flight.FlightProducer.CallContext;
import org.apache.arrow.flight.FlightProducer.ServerStreamListener;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Answers tickets that are requests for stored features in JSON, such as {@code {"view": "v", "keys": [{"customer": 42}]}}. */
record FeatureTickets(Backend backend, Function<CallContext, Caller> callers, BufferAllocator memory) {

  /** Whether bytes are such a request: no command of Flight SQL begins with a brace. */
  static boolean isOne(byte[] ticket) {
    return ticket.length > 0 && ticket[0] == '{';
  }

  void send(byte[] ticket, CallContext context, ServerStreamListener client) {
    FeatureRequest request = FeatureRequest.read(new String(ticket, StandardCharsets.UTF_8));
    if (request.view().isEmpty()) {
      throw new SextantException(Issue.of(QueryIssue.INVALID_REQUEST, Position.NOWHERE,
          "A ticket asks for one 'view', as a stream has one table; ask for several with several tickets."));
    }
    List<ServedRows> rows = FeatureApi.rows(backend.features(), SeenModel.of(backend.model().model(), callers.apply(context)), request);
    try (VectorSchemaRoot batch = FeatureBatch.of(rows.getFirst(), request.keys(), memory)) {
      client.start(batch);
      client.putNext();
      client.completed();
    }
  }
}
