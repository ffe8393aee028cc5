// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.Project;
import dev.sextant.model.SextantException;
import dev.sextant.query.RollupAdvice;
import dev.sextant.server.Backend;
import dev.sextant.server.error.ServerIssue;
import dev.sextant.server.ops.LogAdvice;
import dev.sextant.server.ops.QuestionLog;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code GET /v1/advise}: rollups for what was asked. The log tells what everybody asks. */
record AdviceRoutes(Backend backend) {
  private static final int MOST = 5;

  List<Route> routes() {
    return List.of(Route.get("/v1/advise", this::advise).forAdministrators(backend, "ask for advice"));
  }

  private void advise(Context context) throws IOException {
    Parameters.of(context);
    Project project = backend.model().model().project();
    Path log = QuestionLog.file(project.folder(), project.settings())
        .filter(Files::exists)
        .orElseThrow(() -> new SextantException(Issue.of(ServerIssue.NO_QUERY_LOG, Position.NOWHERE,
            "There is no query log. Set server.query_log in sextant.yml and serve for a while.")));
    RollupAdvice advice = new LogAdvice(backend).read(log, MOST);
    Replies.json(context, 200, out -> {
      out.writeStartObject();
      out.writeNumberField("questions", advice.asked());
      out.writeNumberField("answered_by_rollups", advice.answered());
      out.writeNumberField("answered_by_none", advice.foreign());
      out.writeArrayFieldStart("rollups");
      for (RollupAdvice.Proposal proposal : advice.proposals()) {
        write(proposal, out);
      }
      out.writeEndArray();
      out.writeStringField("yaml", advice.yaml());
      out.writeEndObject();
    });
  }

  private static void write(RollupAdvice.Proposal proposal, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("name", proposal.rollup().name());
    out.writeNumberField("rows", proposal.groups());
    out.writeNumberField("share_of_questions", proposal.questions());
    out.writeNumberField("share_of_rows_read", proposal.rows());
    out.writeNumberField("share_of_time", proposal.time());
    out.writeEndObject();
  }
}
