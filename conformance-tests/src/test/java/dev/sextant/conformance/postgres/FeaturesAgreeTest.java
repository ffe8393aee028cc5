// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.postgres;

import dev.sextant.conformance.Value;
import dev.sextant.conformance.door.ProjectFolders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The online value, the value in the files of an export, the engine's value and the metric asked with that filter and window are the same, whatever came late, twice, corrected or
 * out of order; {@code -Dsextant.features=1000} looks at more values.
 */
class FeaturesAgreeTest {
  private static final int VALUES = Integer.getInteger("sextant.features", 200);
  private static final long SEED = Long.getLong("sextant.seed", 20261130);
  private static final int INSTANTS = 4;
  private static final DateTimeFormatter LITERAL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
  private static final List<Windowed> FEATURES = List.of(new Windowed("visits", 7, "visit__started_at", ""),
      new Windowed("page_views", 14, "visit__started_at", ""), new Windowed("visitors", 30, "visit__started_at", ""),
      new Windowed("tickets", 90, "ticket__opened_at", ""),
      new Windowed("orders", 30, "order__ordered_at", "order__created_at"),
      new Windowed("order_value", 90, "order__ordered_at", "order__created_at"),
      new Windowed("largest_order", 60, "order__ordered_at", "order__created_at"));

  @TempDir private Path folder;

  /** A metric over a window, the time of its events, and when they became known, where the data tell. */
  private record Windowed(String metric, int days, String time, String known) {

    String yaml() {
      return "      - {metric: " + metric + ", window: " + days + " days}\n";
    }

    String condition(Instant at) {
      String end = text(at);
      return time + " > '" + text(at.minusSeconds(days * 86_400L)) + "' and " + time + " <= '" + end + "'"
          + (known.isEmpty() ? "" : " and " + known + " <= '" + end + "'");
    }
  }

  private static String text(Instant instant) {
    return LITERAL.format(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
  }

  /** Something that changes data. */
  private interface Database {
    void run(String statement) throws SQLException;
  }

  private Path project() throws Exception {
    Path project = ProjectFolders.copy("retail", folder);
    Files.writeString(project.resolve("models/agreement.yml"), "feature_views:\n  - name: agreement\n    entity: customer\n    features:\n"
        + String.join("", FEATURES.stream().map(Windowed::yaml).toList()) + "    online: {store: local}\n"
        + "training_sets:\n  - name: agreed\n    spine: {table: asked, entity: customer, at: at_time}\n    features: [agreement]\n");
    Path settings = project.resolve("sextant.yml");
    String written = Files.readString(settings);
    for (String table : List.of("visits", "tickets", "orders")) {
      written = written.replace("create or replace view " + table + " as from", "create table if not exists " + table + " as from");
    }
    Files.writeString(settings, written);
    return project;
  }

  @Test
  void onDuckDb() throws Exception {
    try (FeatureShop shop = new FeatureShop(project())) {
      agree(shop, shop::change);
    }
  }

  @Test
  void onPostgres() throws Exception {
    try (PostgresProjects projects = new PostgresProjects()) {
      Path copy = projects.copy(project());
      Matcher url = Pattern.compile("url: \"([^\"]+)\"").matcher(Files.readString(copy.resolve("sextant.yml")));
      assertThat(url.find()).isTrue();
      try (FeatureShop shop = new FeatureShop(copy); Connection connection = DriverManager.getConnection(url.group(1));
          Statement statement = connection.createStatement()) {
        agree(shop, statement::execute);
      }
    }
  }

  private static void agree(FeatureShop shop, Database data) throws Exception {
    Random random = new Random(SEED);
    data.run("create table asked (customer bigint, at_time timestamp)");
    data.run("create table late_visits as select * from visits where visit_id % 13 = 0");
    data.run("create table late_orders as select * from orders where order_id % 17 = 0");
    data.run("delete from visits where visit_id % 13 = 0");
    data.run("delete from orders where order_id % 17 = 0");
    shop.build("agreement", Instant.parse("2025-02-20T00:00:00Z"));
    data.run("insert into visits select * from late_visits order by visit_id desc");
    data.run("insert into orders select * from late_orders order by order_id desc");
    data.run("insert into visits select * from visits where visit_id % 19 = 0");
    data.run("insert into tickets select * from tickets where ticket_id % 5 = 0");
    data.run("update visits set pages = pages + 3 where visit_id % 11 = 0");
    data.run("update orders set order_total = order_total + 0.01 where order_id % 7 = 0");
    data.run("drop table late_visits");
    data.run("drop table late_orders");
    List<String> differences = new ArrayList<>();
    int present = 0;
    List<Instant> instants = random.longs(INSTANTS, Instant.parse("2025-02-21T00:00:00Z").getEpochSecond(),
        Instant.parse("2025-06-30T00:00:00Z").getEpochSecond()).sorted().mapToObj(Instant::ofEpochSecond).toList();
    for (Instant at : instants) {
      shop.build("agreement", at);
      present += compare(shop, data, at, random, differences);
    }
    assertThat(differences).isEmpty();
    assertThat(present).as("values that are there").isGreaterThan(VALUES / 4);
  }

  /** Looks at some values as of one instant, and returns how many are not NULL. */
  private static int compare(FeatureShop shop, Database data, Instant at, Random random, List<String> differences) throws Exception {
    List<Map<Long, Value>> asked = FEATURES.stream().map(feature -> shop.asked(feature.metric(), feature.condition(at))).toList();
    List<Value> ofNothing = FEATURES.stream().map(feature -> shop.ofNothing(feature.metric())).toList();
    List<Long> known = asked.stream().flatMap(all -> all.keySet().stream()).distinct().sorted().toList();
    int customers = Math.ceilDiv(VALUES, INSTANTS * FEATURES.size());
    List<Long> chosen = new ArrayList<>();
    for (int i = 0; i < customers; i++) {
      chosen.add(i % 10 == 9 ? 1 + random.nextInt(200) : known.get(random.nextInt(known.size())));
    }
    List<List<Value>> served = shop.served("agreement", chosen);
    data.run("delete from asked");
    data.run("insert into asked values " + chosen.stream()
        .map(customer -> "(" + customer + ", timestamp '" + text(at) + "')")
        .collect(Collectors.joining(", ")));
    Map<Long, List<Value>> exported = shop.exported("agreed", FEATURES.size());
    Map<Long, List<Value>> computed = shop.computed("agreement", chosen.stream().distinct().toList(), at);
    assertThat(exported.keySet()).as("customers exported as of %s", at).containsAll(chosen);
    int present = 0;
    for (int i = 0; i < chosen.size(); i++) {
      for (int feature = 0; feature < FEATURES.size(); feature++) {
        Value online = served.get(i).get(feature);
        Value offline = computed.getOrDefault(chosen.get(i), List.of()).get(feature);
        Value metric = asked.get(feature).getOrDefault(chosen.get(i), ofNothing.get(feature));
        present += online.isNull() ? 0 : 1;
        Value filed = Objects.requireNonNull(exported.get(chosen.get(i))).get(feature);
        if (!online.equals(offline) || !online.equals(metric) || !online.equals(filed)) {
          differences
              .add(FEATURES.get(feature).metric() + " of customer " + chosen.get(i) + " at " + at + ": online " + online + ", computed "
                  + offline + ", exported " + filed + ", asked " + metric);
        }
      }
    }
    return present;
  }
}
