// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.http;

import dev.sextant.server.testing.RunningDoor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A failure midway must never look like a complete answer. */
class BrokenAnswerTest {
  private static final long FAILING_ROW = 900_000;
  private static RunningDoor door;

  @BeforeAll
  static void open() {
    door = new RunningDoor();
  }

  @AfterAll
  static void close() {
    door.close();
  }

  private static void failAt(long row) {
    door.engine().answer((query, control) -> door.rows(control, 1_000_000).failingAt(row));
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "application/vnd.apache.arrow.stream", "text/csv", "application/x-ndjson"})
  void aClientSeesTheErrorInEveryFormat(String format) throws Exception {
    failAt(FAILING_ROW);
    HttpResponse<InputStream> response = door.client()
        .send(
            door.request("/v1/query").header("Accept", format).POST(BodyPublishers.ofString("{}")).build(), BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    assertThatThrownBy(() -> response.body().transferTo(received)).isInstanceOf(IOException.class);
    assertThat(received.size()).as("bytes that came before the failure").isGreaterThan(1_000_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "text/csv"})
  void compressionDoesNotHideIt(String format) throws Exception {
    failAt(FAILING_ROW);
    HttpResponse<InputStream> response = door.client()
        .send(door.request("/v1/query")
            .header("Accept", format)
            .header("Accept-Encoding", "gzip")
            .POST(BodyPublishers.ofString("{}"))
            .build(), BodyHandlers.ofInputStream());
    assertThatThrownBy(() -> response.body().readAllBytes()).isInstanceOf(IOException.class);
  }

  @Test
  void anArrowReaderSeesTheError() throws Exception {
    failAt(FAILING_ROW);
    HttpResponse<InputStream> response = door.client()
        .send(door.request("/v1/query")
            .header("Accept", "application/vnd.apache.arrow.stream")
            .POST(BodyPublishers.ofString("{}"))
            .build(), BodyHandlers.ofInputStream());
    try (ArrowStreamReader reader = new ArrowStreamReader(response.body(), door.allocator())) {
      assertThatThrownBy(() -> {
        while (reader.loadNextBatch()) {
          assertThat(reader.getVectorSchemaRoot().getRowCount()).isPositive();
        }
      }).isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1", "HTTP/1.0"})
  void theSocketEndsWithoutALastChunkOrWithAReset(String version) throws Exception {
    failAt(FAILING_ROW);
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    boolean reset = false;
    try (Socket socket = new Socket("localhost", door.door().port())) {
      socket.getOutputStream().write(request(version));
      try {
        socket.getInputStream().transferTo(received);
      } catch (IOException broken) {
        reset = true;
      }
    }
    String text = received.toString(StandardCharsets.UTF_8);
    assertThat(text).startsWith("HTTP/1.1 200").contains("\"rows\":[").doesNotContain("\"meta\"").doesNotEndWith("0\r\n\r\n");
    assertThat(reset).as("the connection was reset, not closed").isTrue();
  }

  private static byte[] request(String version) {
    return ("POST /v1/query " + version + "\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}").getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void aFailureBeforeAnythingWasSentIsAnOrdinaryError() {
    failAt(1);
    HttpResponse<String> response = door.query("text/csv", "{}");
    assertThat(response.statusCode()).isEqualTo(502);
    assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
    assertThat(response.body()).contains("\"code\":\"WAREHOUSE_ERROR\"").contains("The warehouse broke down.");
  }

  @Test
  void aFailureWhileAllIsStillBufferedIsAnOrdinaryErrorToo() {
    door.engine().answer((query, control) -> door.rows(control, 10).failingAt(11));
    HttpResponse<String> response = door.send(door.request("/v1/query")
        .header("Accept", "text/csv")
        .header("Accept-Encoding", "gzip")
        .POST(BodyPublishers.ofString("{}"))
        .build());
    assertThat(response.statusCode()).isEqualTo(502);
    assertThat(response.headers().firstValue("content-encoding")).isEmpty();
    assertThat(response.body()).startsWith("{\"error\":");
  }

  @Test
  void evenAnErrorOfTheVirtualMachineBreaksTheConnection() throws Exception {
    door.engine().answer((query, control) -> {
      int[] batches = {0};
      return door.rows(control, 1_000_000).before(() -> {
        if (++batches[0] == 100) {
          throw new StackOverflowError("made by the test");
        }
      });
    });
    HttpResponse<InputStream> response = door.client()
        .send(door.request("/v1/query").POST(BodyPublishers.ofString("{}")).build(),
            BodyHandlers.ofInputStream());
    assertThatThrownBy(() -> response.body().readAllBytes()).isInstanceOf(IOException.class);
  }

  @Test
  void theReasonCanBeAskedForAfterwards() throws Exception {
    failAt(FAILING_ROW);
    HttpResponse<InputStream> response = door.client()
        .send(door.request("/v1/query")
            .header("Sextant-Query-Id", "broken")
            .POST(
                BodyPublishers.ofString("{}"))
            .build(), BodyHandlers.ofInputStream());
    assertThatThrownBy(() -> response.body().readAllBytes()).isInstanceOf(IOException.class);
    assertThat(door.get("/v1/queries/broken").body()).contains("\"status\":\"failed\"").contains("\"code\":\"WAREHOUSE_ERROR\"");
  }

  @Test
  void theServerGoesOnAfterwards() throws InterruptedException {
    failAt(FAILING_ROW);
    assertThatThrownBy(() -> door.query("text/csv", "{}")).hasCauseInstanceOf(IOException.class);
    door.answerRows(1);
    assertThat(door.query("text/csv", "{}").body()).isEqualTo("id,name,value\n0,name 0,0.0\n");
    // A client may have its answer a moment before the server has put the query away.
    for (int i = 0; i < 1000 && !door.operations().queries().list().isEmpty(); i++) {
      Thread.sleep(10);
    }
    assertThat(door.operations().queries().list()).isEmpty();
  }
}
