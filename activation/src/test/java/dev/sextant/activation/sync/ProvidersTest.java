// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.activation.ActivationIssue;
import dev.sextant.activation.Activity;
import dev.sextant.activation.RunState;
import dev.sextant.activation.sync.Provider.Answer;
import dev.sextant.activation.sync.Provider.Request;
import dev.sextant.model.SextantException;
import dev.sextant.model.Sync;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Providers with small contracts, each as its documentation has it. */
class ProvidersTest {
  private static final String ROWS = "select * from (values (1, 'a@x', 10.50), (2, 'b@x', null), (3, 'c@x', 7.00)) t(customer, email, revenue)";

  @TempDir private Path folder;

  @Test
  void slackSaysWhatIsWrongInTheBodyOfA200() throws IOException {
    List<String> posted = new ArrayList<>();
    try (Provider slack = new Provider(request -> {
      String text = request.json().path("text").asText();
      if (text.startsWith("b@x")) {
        return Answer.json(200, Map.of("ok", false, "error", "msg_too_long"));
      }
      posted.add(request.json().path("channel").asText() + " " + text);
      return Answer.json(200, Map.of("ok", true, "ts", "1." + posted.size()));
    })) {
      TestRun run = new TestRun();
      Activity.Outcome outcome = Syncing
          .of(folder, "slack", Map.of("token", "t", "url", slack.url(), "text", "{email} spent {lifetime_value}"))
          .run(ROWS, run);
      assertThat(outcome.state()).isEqualTo(RunState.SUCCEEDED_WITH_REJECTS);
      assertThat(posted).containsExactlyInAnyOrder("contacts a@x spent 10.50", "contacts c@x spent 7.00");
      assertThat(run.rejects()).extracting(reject -> reject.key() + " " + reject.code()).containsExactly("[2] msg_too_long");
    }
  }

  @Test
  void valuesMentionNobodyOnSlack() throws IOException {
    try (Provider slack = new Provider(request -> Answer.json(200, Map.of("ok", true, "ts", "1")))) {
      Syncing.of(folder, "slack", Map.of("token", "t", "url", slack.url(), "text", "<!here> {email}"))
          .run("select 1 as customer, '<!channel> & <@U1>' as email, 1 as revenue");
      assertThat(slack.requests().getFirst().json().path("text").asText()).isEqualTo("<!here> &lt;!channel&gt; &amp; &lt;@U1&gt;");
    }
  }

  @Test
  void slackRefusesATokenAndTheRunEnds() throws IOException {
    try (Provider slack = new Provider(request -> Answer.json(200, Map.of("ok", false, "error", "invalid_auth")))) {
      Syncing syncing = Syncing.of(folder, "slack", Map.of("token", "t", "url", slack.url()));
      SextantException failure = catchThrowableOfType(SextantException.class, () -> syncing.run(ROWS));
      assertThat(failure.issue().code()).isEqualTo(ActivationIssue.DESTINATION_DENIED);
      assertThat(slack.requests()).hasSize(1);
    }
  }

  @Test
  void brazeNamesRefusedRowsByTheirIndex() throws IOException {
    Map<String, String> users = new TreeMap<>();
    try (Provider braze = new Provider(request -> track(request, users))) {
      TestRun run = new TestRun();
      Activity.Outcome outcome = Syncing.of(folder, "braze", Map.of("token", "t", "url", braze.url())).run(ROWS, run);
      assertThat(outcome.report().counters()).containsEntry("accepted", 2L).containsEntry("rejected", 1L);
      assertThat(users).containsEntry("a@x", "10.5").containsOnlyKeys("a@x", "c@x");
      assertThat(run.rejects()).extracting(reject -> reject.key() + " " + reject.message()).containsExactly("[2] no such thing");
    }
  }

  private static Answer track(Request request, Map<String, String> users) {
    List<Object> errors = new ArrayList<>();
    JsonNode attributes = request.json().path("attributes");
    for (int i = 0; i < attributes.size(); i++) {
      if (attributes.path(i).path("lifetime_value").isNull()) {
        errors.add(Map.of("type", "no such thing", "input_array", "attributes", "index", i));
      } else {
        users.put(attributes.path(i).path("external_id").asText(), attributes.path(i).path("lifetime_value").asText());
      }
    }
    return Answer.json(201, Map.of("message", "success", "attributes_processed", users.size(), "errors", errors));
  }

  @Test
  void klaviyoTakesOwnFieldsAndProperties() throws IOException {
    List<String> profiles = new ArrayList<>();
    try (Provider klaviyo = new Provider(request -> {
      profiles.add(request.json().at("/data/attributes").toString());
      return Answer.json(201, Map.of("data", Map.of("type", "profile", "id", "p" + profiles.size())));
    })) {
      assertThat(Syncing.of(folder, "klaviyo", Map.of("token", "t", "url", klaviyo.url())).run(ROWS).state()).isEqualTo(RunState.SUCCEEDED);
      assertThat(profiles).hasSize(3).contains("{\"email\":\"b@x\",\"properties\":{\"lifetime_value\":null,\"source\":\"sextant\"}}");
      assertThat(klaviyo.requests()).allMatch(request -> request.authorization().equals("Klaviyo-API-Key t"));
    }
  }

  @Test
  void intercomUpdatesWhatItSaysIsThere() throws IOException {
    Map<String, String> contacts = new HashMap<>(Map.of("2", "old"));
    try (Provider intercom = new Provider(request -> contact(request, contacts))) {
      Syncing syncing = Syncing.of(folder, "intercom", Map.of("token", "t", "url", intercom.url()))
          .with(Sync.Mode.UPSERT, Sync.OnLeave.ARCHIVE);
      assertThat(syncing.run(ROWS).state()).isEqualTo(RunState.SUCCEEDED);
      assertThat(contacts).containsEntry("2", "b@x").containsEntry("1", "a@x").hasSize(3);
      syncing.run(ROWS + " where customer <> 3");
      assertThat(contacts).doesNotContainKey("3");
    }
  }

  private static Answer contact(Request request, Map<String, String> contacts) {
    String external = request.text().isEmpty() ? "" : request.json().path("external_id").asText();
    if (request.path().endsWith("/archive")) {
      String id = request.path().split("/", -1)[2].substring(2);
      contacts.remove(id);
      return Answer.json(200, Map.of("id", "c-" + id, "archived", true));
    }
    if (request.method().equals("POST") && contacts.containsKey(external)) {
      return Answer.json(409, Map.of("type", "error.list", "errors", List.of(Map.of("code", "conflict", "message",
          "A contact matching those details already exists with id=c-" + external))));
    }
    contacts.put(external, request.json().path("email").asText());
    return Answer.json(200, Map.of("type", "contact", "id", "c-" + external));
  }

  @Test
  void aWrongConfigurationNamesTheOption() {
    assertThat(refusal("hubspot", Map.of("tokn", "t"))).contains("no option 'tokn'. Did you mean 'token'?");
    assertThat(refusal("hubspot", Map.of())).contains("needs the option 'token'");
    assertThat(refusal("hubspott", Map.of())).contains("Did you mean 'hubspot'?");
    assertThat(refusal("webhook", Map.of("url", "localhost"))).contains("'url'").contains("URL");
  }

  private String refusal(String type, Map<String, String> options) {
    return String.valueOf(catchThrowableOfType(SextantException.class, () -> Syncing.of(folder, type, options).run(ROWS)).getMessage());
  }

  /** Without an option that they need, with one that nobody reads, and with a value that means nothing, no type opens. */
  @ParameterizedTest
  @CsvSource(delimiter = ';', value = {"webhook; url=http://x; url", "hubspot; token=t; token", "salesforce; url=http://x,token=t; url",
      "salesforce; url=http://x,client_id=i,client_secret=s; client_secret", "slack; token=t,text=x; token",
      "braze; url=http://x,token=t; token",
      "braze; url=http://x,token=t; url", "klaviyo; token=t; token", "intercom; token=t; token",
      "google_sheets; token=t,spreadsheet=s; spreadsheet", "google_sheets; token=t,spreadsheet=s; token",
      "postgres; url=jdbc:postgresql://x/y; url", "duckdb; path=x; path", "csv; path=x; path", "parquet; path=x; path"})
  void everyTypeNamesWhatIsMissingUnknownOrMeaningless(String type, String options, String needed) {
    Map<String, String> right = new TreeMap<>();
    for (String option : options.split(",", -1)) {
      right.put(option.split("=", 2)[0].strip(), option.split("=", 2)[1].strip());
    }
    Syncing.of(folder, type, right).destination().close();
    Map<String, String> without = new TreeMap<>(right);
    without.remove(needed);
    assertThat(refusal(type, without)).contains("'there'").contains("'" + needed + "'");
    Map<String, String> blank = new TreeMap<>(right);
    blank.put(needed, " ");
    assertThat(refusal(type, blank)).contains("'" + needed + "'");
    Map<String, String> more = new TreeMap<>(right);
    more.put(needed + "x", "not-a-word-of-this");
    assertThat(refusal(type, more)).contains("no option '" + needed + "x'")
        .contains("Did you mean '" + needed + "'?")
        .doesNotContain("not-a-word-of-this");
    if (needed.equals("url")) {
      Map<String, String> wrong = new TreeMap<>(right);
      wrong.put("url", "not-a-word-of-this");
      assertThat(refusal(type, wrong)).contains("'url'").doesNotContain("not-a-word-of-this");
    }
  }

  @Test
  void anUnreachableHostEndsTheRunAfterAFewAttempts() {
    Syncing syncing = Syncing.of(folder, "webhook", Map.of("url", "http://localhost:1/"));
    SextantException failure = catchThrowableOfType(SextantException.class, () -> syncing.run(ROWS));
    assertThat(failure.issue().code()).isEqualTo(ActivationIssue.DESTINATION_UNREACHABLE);
    assertThat(failure).hasMessageContaining("localhost:1 cannot be reached");
  }
}
