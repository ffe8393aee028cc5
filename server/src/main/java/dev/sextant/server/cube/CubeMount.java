// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cube;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sextant.model.Issue;
import dev.sextant.model.SextantException;
import dev.sextant.server.HttpMount;
import dev.sextant.server.error.Failures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One path of Cube's interface. */
record CubeMount(String path, Handler handler) implements HttpMount {
  private static final Logger LOG = LoggerFactory.getLogger("dev.sextant.cube");
  private static final ObjectWriter JSON = JsonMapper.builder().build().writer();
  private static final String JSON_TYPE = "application/json; charset=utf-8";

  /** Answers a request with what becomes JSON, or with text as it is. */
  interface Handler {
    Object answer(CubeRequest request, Ask ask) throws InterruptedException;
  }

  @Override
  public Reply answer(Ask ask) throws IOException {
    try {
      Object answer = handler.answer(CubeRequest.of(ask, ask.caller()), ask);
      byte[] body = answer instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : JSON.writeValueAsBytes(answer);
      return new Reply(200, JSON_TYPE, body, "ok");
    } catch (RuntimeException failure) {
      return failed(failure, ask);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", stopping);
    }
  }

  private static Reply failed(RuntimeException failure, Ask ask) throws IOException {
    List<Issue> issues = Failures.issues(failure);
    if (!(failure instanceof SextantException)) {
      LOG.atError().setCause(failure).log("A fault of our own");
    }
    return new Reply(CubeErrors.status(issues), JSON_TYPE,
        JSON.writeValueAsBytes(CubeErrors.body(issues, ask.headers().header("x-request-id"))), issues.getFirst().code().name());
  }
}
