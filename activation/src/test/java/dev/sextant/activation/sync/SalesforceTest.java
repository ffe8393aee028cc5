// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.activation.Activity;
import dev.sextant.activation.RunState;
import dev.sextant.activation.sync.Provider.Answer;
import dev.sextant.activation.sync.Provider.Request;
import dev.sextant.model.Sync;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Salesforce as its REST and Bulk 2.0 documentation has it: tokens that expire, partial success, jobs with results in any order. */
class SalesforceTest {
  private static final String ROWS = "select * from (values (1, 'a@x', 10.50), (2, 'b@x', null), (3, 'c@x', 7.00)) t(customer, email, revenue)";
  private static final String MANY = "select i as customer, i || '@x' as email, case when i % 2 = 0 then i end as revenue from range(2500) r(i)";

  @TempDir private Path folder;
  private final Map<String, String> records = new TreeMap<>();
  private final List<List<String>> jobs = new ArrayList<>();
  private String validToken = "fresh";
  private boolean jobFails;
  private boolean jobHangs;
  private String forgotten = "";
  private String locked = "";
  private Provider provider;

  @BeforeEach
  void open() throws IOException {
    provider = new Provider(this::answer);
  }

  @AfterEach
  void close() {
    provider.close();
  }

  private Syncing syncing(Map<String, String> options) {
    Map<String, String> all = new LinkedHashMap<>(options);
    all.put("url", provider.url());
    all.put("poll", "1");
    return Syncing.of(folder, "salesforce", all);
  }

  @Test
  void anExpiredTokenIsRenewedOnce() {
    Syncing syncing = syncing(Map.of("token", "stale", "client_id", "id", "client_secret", "secret"));
    assertThat(syncing.run(ROWS).state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(records).containsOnlyKeys("a@x", "b@x", "c@x");
    assertThat(provider.requests()).filteredOn(request -> request.path().endsWith("/oauth2/token")).hasSize(1);
  }

  @Test
  void aRecordThatIsRefusedIsRejectedAndALockedOneIsTriedAgain() {
    locked = "c@x";
    TestRun run = new TestRun();
    Syncing syncing = syncing(Map.of("token", "fresh"));
    assertThat(syncing.run(ROWS.replace("b@x", "bad@x"), run).state()).isEqualTo(RunState.SUCCEEDED_WITH_REJECTS);
    assertThat(run.rejects()).extracting(reject -> reject.key() + " " + reject.code()).containsExactly("[2] INVALID_EMAIL_ADDRESS");
    assertThat(records).containsOnlyKeys("a@x", "c@x");
  }

  @Test
  void whoLeavesIsDeletedByItsId() {
    Syncing mirror = syncing(Map.of("token", "fresh")).with(Sync.Mode.MIRROR, Sync.OnLeave.NOTHING);
    mirror.run(ROWS);
    mirror.run(ROWS + " where customer <> 3");
    assertThat(records).containsOnlyKeys("a@x", "b@x");
  }

  @Test
  void manyRowsTravelAsOneJob() {
    TestRun run = new TestRun();
    assertThat(syncing(Map.of("token", "fresh")).run(MANY.replace("i || '@x'", "case i when 7 then 'bad@x' else i || '@x' end"), run)
        .report()
        .counters()).containsEntry("accepted", 2499L).containsEntry("rejected", 1L);
    assertThat(jobs).hasSize(1);
    assertThat(run.rejects()).extracting(reject -> reject.key() + " " + reject.code()).containsExactly("[7] INVALID_EMAIL_ADDRESS");
    assertThat(records).hasSize(2499).containsEntry("8@x", "8").containsEntry("9@x", "#N/A");
  }

  @Test
  void aJobThatFailsOrLeavesARecordOutIsSentAgain() {
    jobFails = true;
    forgotten = "9@x";
    TestRun run = new TestRun();
    Activity.Outcome outcome = syncing(Map.of("token", "fresh")).run(MANY, run);
    assertThat(outcome.report().counters()).containsEntry("accepted", 2500L).containsEntry("rejected", 0L).containsEntry("retried", 2L);
    assertThat(jobs).as("the failed one, that of all, that of the one left out").hasSize(3);
    assertThat(jobs.getLast()).hasSize(2);
    assertThat(records).hasSize(2500).containsKey("9@x");
  }

  @Test
  void aJobThatDoesNotEndIsAbortedAndSentAgain() {
    jobHangs = true;
    TestRun run = new TestRun();
    Activity.Outcome outcome = syncing(Map.of("token", "fresh", "job_timeout", "1")).run(MANY, run);
    assertThat(outcome.report().counters()).containsEntry("accepted", 2500L).containsEntry("retried", 1L);
    assertThat(jobs).hasSize(2);
    assertThat(records).hasSize(2500);
  }

  private Answer answer(Request request) {
    if (request.path().equals("/services/oauth2/token")) {
      assertThat(request.text()).isEqualTo("grant_type=client_credentials&client_id=id&client_secret=secret");
      return Answer.json(200, Map.of("access_token", validToken));
    }
    if (!request.authorization().equals("Bearer " + validToken)) {
      return Answer.json(401, List.of(Map.of("errorCode", "INVALID_SESSION_ID", "message", "Session expired or invalid")));
    }
    return request.path().contains("/jobs/ingest") ? job(request)
        : request.method().equals("DELETE") ? delete(request) : collections(request);
  }

  private Answer collections(Request request) {
    assertThat(request.path()).isEqualTo("/services/data/v62.0/composite/sobjects/contacts/email");
    List<Object> results = new ArrayList<>();
    for (JsonNode record : request.json().path("records")) {
      String email = record.path("email").asText();
      if (email.equals(locked)) {
        locked = "";
        results.add(failed("UNABLE_TO_LOCK_ROW", "unable to obtain exclusive access"));
      } else if (email.startsWith("bad")) {
        results.add(failed("INVALID_EMAIL_ADDRESS", "Email: invalid email address"));
      } else {
        records.put(email, record.path("lifetime_value").asText());
        results.add(Map.of("id", "003-" + email, "success", true, "errors", List.of(), "created", true));
      }
    }
    return Answer.json(200, results);
  }

  private static Map<String, Object> failed(String code, String message) {
    return Map.of("success", false, "errors", List.of(Map.of("statusCode", code, "message", message, "fields", List.of())));
  }

  private Answer delete(Request request) {
    List<Object> results = new ArrayList<>();
    for (String id : request.query().replaceFirst(".*ids=", "").replace("%40", "@").split(",", -1)) {
      records.remove(id.substring(4));
      results.add(Map.of("id", id, "success", true, "errors", List.of()));
    }
    return Answer.json(200, results);
  }

  private Answer job(Request request) {
    String[] path = request.path().split("/", -1);
    String last = path[path.length - 1];
    switch (request.method()) {
      case "POST" -> {
        jobs.add(new ArrayList<>());
        return Answer.json(200, Map.of("id", "750x", "state", "Open"));
      }
      case "PUT" -> {
        jobs.getLast().addAll(request.text().lines().toList());
        return new Answer(201, "");
      }
      case "PATCH" -> {
        String state = request.json().path("state").asText();
        jobHangs &= !state.equals("Aborted");
        return Answer.json(200, Map.of("state", state));
      }
      default -> {
        if (jobHangs) {
          return Answer.json(200, Map.of("state", "InProgress"));
        }
        if (jobFails) {
          jobFails = false;
          return Answer.json(200, Map.of("state", "Failed", "errorMessage", "InternalServerError"));
        }
        return last.equals("750x") ? Answer.json(200, Map.of("state", "JobComplete")) : new Answer(200, results(last));
      }
    }
  }

  /** In another order than the rows came in. */
  private String results(String which) {
    boolean good = which.equals("successfulResults");
    List<String> lines = new ArrayList<>(jobs.getLast());
    StringBuilder text = new StringBuilder(good ? "\"sf__Id\",\"sf__Created\"," : "\"sf__Id\",\"sf__Error\",").append(lines.removeFirst())
        .append('\n');
    Collections.reverse(lines);
    for (String line : lines) {
      String[] cells = line.split(",", -1);
      if (cells[0].equals(forgotten)) {
        forgotten = good ? forgotten : "";
        continue;
      }
      if (cells[0].startsWith("bad") != good) {
        text.append(good ? "003-" + cells[0] + ",true," : "\"\",\"INVALID_EMAIL_ADDRESS:Email: invalid, it seems\",")
            .append(line)
            .append('\n');
        if (good) {
          records.put(cells[0], cells[1]);
        }
      }
    }
    return text.toString();
  }
}
