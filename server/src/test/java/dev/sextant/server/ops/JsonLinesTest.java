// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.ops;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import static org.assertj.core.api.Assertions.assertThat;

class JsonLinesTest {

  @Test
  void aLineHasTheMessageTheQueryAndEverythingSaidWithIt() throws Exception {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(MDC.getMDCAdapter());
    ListAppender<ILoggingEvent> events = new ListAppender<>();
    events.start();
    Logger logger = context.getLogger("dev.sextant.query");
    logger.setLevel(Level.INFO);
    logger.addAppender(events);
    try (var inLog = MDC.putCloseable("query_id", "abc-1")) {
      logger.atInfo()
          .addKeyValue("rows", 12L)
          .addKeyValue("outcome", "ok")
          .setCause(new IllegalStateException("why"))
          .log("revenue by \"country\"\n");
      assertLine(new JsonLines().encode(events.list.getFirst()));
    }
  }

  private static void assertLine(byte[] line) throws Exception {
    assertThat(new String(line, StandardCharsets.UTF_8)).endsWith("}\n").hasLineCount(1);
    JsonNode json = new ObjectMapper().readTree(line);
    assertThat(json.get("message").asText()).isEqualTo("revenue by \"country\"\n");
    assertThat(json.get("query_id").asText()).isEqualTo("abc-1");
    assertThat(json.get("rows").isIntegralNumber()).isTrue();
    assertThat(json.get("outcome").asText()).isEqualTo("ok");
    assertThat(json.get("level").asText()).isEqualTo("INFO");
    assertThat(json.get("time").asText()).endsWith("Z");
    assertThat(json.get("stack_trace").asText()).contains("IllegalStateException: why");
  }
}
