// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.property;

import dev.sextant.conformance.Table;
import dev.sextant.conformance.compare.TableDifference;
import dev.sextant.conformance.door.ArrowTables;
import dev.sextant.conformance.oracle.TableRows;
import dev.sextant.conformance.script.QueryPrinter;
import dev.sextant.model.SextantException;
import dev.sextant.query.Caller;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryEngine;
import dev.sextant.query.QueryResult;
import dev.sextant.server.boot.OpenProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What a caller with row policies is answered is what anybody is answered over tables that hold only the caller's rows. */
class PoliciesFilterRowsTest {
  private static final int QUERIES = Integer.getInteger("sextant.queries", 60);
  private static final long SEED = Long.getLong("sextant.seed", 20_260_701L);
  private static final double TOLERANCE = 1e-9;
  private static final Caller TEAM = new Caller("eva", List.of("team"), Map.of("countries", List.of("DE", "FR")));

  private static final String POLICIES = """
      access_policies:
        - {name: own_countries, roles: [team], rows: "customer__country in (caller('countries'))"}
        - {name: no_books, roles: ['*'], except: [buyer], rows: "product__category <> 'Books' or product__list_price < 15"}
      """;

  private static final String CUSTOMERS = "(select customer_id from raw_customers where country in ('DE', 'FR'))";
  private static final String PRODUCTS = "(select product_id from raw_products where category <> 'Books' or price < 15)";
  private static final String ORDERS = "(select order_id from raw_orders where customer_id in " + CUSTOMERS + ")";
  private static final Map<String, String> KEPT = new LinkedHashMap<>();

  static {
    KEPT.put("customers", "country in ('DE', 'FR')");
    KEPT.put("customer_history", "customer_id in " + CUSTOMERS);
    KEPT.put("orders", "customer_id in " + CUSTOMERS);
    KEPT.put("order_items", "order_id in " + ORDERS + " and product_id in " + PRODUCTS);
    KEPT.put("refunds", "order_id in " + ORDERS
        + " and exists (from raw_order_items i where i.order_id = this.order_id and i.line_no = this.line_no and i.product_id in "
        + PRODUCTS + ")");
    KEPT.put("visits", "customer_id in " + CUSTOMERS + " and landing_product_id in " + PRODUCTS);
    KEPT.put("tickets", "customer_id in " + CUSTOMERS);
    KEPT.put("subscriptions", "customer_id in " + CUSTOMERS);
    KEPT.put("subscription_months", "customer_id in " + CUSTOMERS);
    KEPT.put("products", "category <> 'Books' or price < 15");
    KEPT.put("product_tags", "product_id in " + PRODUCTS);
    KEPT.put("stock_counts", "product_id in " + PRODUCTS);
  }

  private final List<String> failures = new ArrayList<>();
  private String refusal = "";
  private int answered;
  private int restricted;

  @Test
  void restrictedCallersAreAnsweredAsOverFilteredTables(@TempDir Path folder) throws IOException, SQLException {
    Path policed = SmallShop.in(folder.resolve("policed"));
    Files.writeString(policed.resolve("models/policies.yml"), POLICIES);
    Path filtered = SmallShop.in(folder.resolve("filtered"));
    filterByHand(filtered.resolve("sextant.yml"));
    try (OpenProject a = OpenProject.once(policed, Map.of(), InstantSource.system());
        OpenProject b = OpenProject.once(filtered, Map.of(), InstantSource.system())) {
      Vocabulary vocabulary = new Vocabulary(a.model().model(), new TableRows(sql -> read(a, sql)));
      for (long seed = SEED; seed < SEED + QUERIES; seed++) {
        compare(new QueryGenerator(vocabulary, seed).next(), seed, a.engine(), b.engine());
      }
    }
    System.out.println(
        answered + " of " + QUERIES + " random queries answered alike; " + restricted + " of them otherwise than to the unrestricted");
    assertThat(failures).isEmpty();
    assertThat(answered).isGreaterThan(QUERIES / 2);
    assertThat(restricted).isGreaterThan(QUERIES / 4);
  }

  private void compare(MetricQuery query, long seed, QueryEngine policed, QueryEngine filtered) {
    MetricQuery whole = unordered(query);
    Optional<Table> expected = answer(filtered, whole, Caller.ANONYMOUS);
    Optional<Table> answer = answer(policed, whole, TEAM);
    if (expected.isEmpty() && answer.isEmpty()) {
      return;
    }
    Optional<String> difference = expected.isPresent() && answer.isPresent()
        ? new TableDifference(TOLERANCE, false).between(expected.get(), answer.get())
        : Optional.of(expected.isPresent() ? "only the caller is refused: " + refusal : "only the caller is answered");
    difference.ifPresent(text -> failures.add("seed " + seed + ": " + QueryPrinter.print(query) + "\n  " + text));
    answered++;
    Optional<Table> everything = answer(policed, whole, new Caller("root", List.of("buyer")));
    restricted += everything.equals(answer) ? 0 : 1;
  }

  /** Which rows a limit keeps of equal ones is nobody's promise. */
  private static MetricQuery unordered(MetricQuery query) {
    return new MetricQuery(query.metrics(), query.groupBy(), query.where(), query.having(), List.of(), OptionalLong.empty(),
        OptionalLong.empty(), query.timeRange(), query.timeZone(), query.savedQuery(), query.mode(), query.extras(), query.options());
  }

  private Optional<Table> answer(QueryEngine engine, MetricQuery query, Caller caller) {
    try (QueryResult result = engine.run(query, caller, QueryControl.unlimited("policies"))) {
      return Optional.of(ArrowTables.read(result));
    } catch (SextantException refused) {
      refusal = String.valueOf(refused.getMessage());
      return Optional.empty();
    }
  }

  private static Table read(OpenProject project, String sql) {
    try (var batches = project.warehouses().apply("main").run(sql, QueryControl.unlimited("oracle"))) {
      return ArrowTables.read(batches);
    }
  }

  private static void filterByHand(Path config) throws IOException {
    String text = Files.readString(config);
    StringBuilder further = new StringBuilder();
    for (String raw : List.of("customers", "orders", "order_items", "products")) {
      further.append("      - create table raw_").append(raw).append(" as from ").append(raw).append('\n');
    }
    KEPT.forEach((table, kept) -> further.append("      - \"create table kept_")
        .append(table)
        .append(" as select * from ")
        .append(table)
        .append(" this where ")
        .append(kept)
        .append("\"\n"));
    KEPT.keySet()
        .forEach(table -> further.append("      - \"")
            .append(text.contains("create table " + table + " ") ? "drop table " : "drop view ")
            .append(table)
            .append("\"\n      - create table ")
            .append(table)
            .append(" as from kept_")
            .append(table)
            .append('\n'));
    int init = text.indexOf("      - create or replace view budgets");
    int end = init;
    for (String line : text.substring(init).split("(?<=\n)")) {
      if (!line.startsWith("      - ")) {
        break;
      }
      end += line.length();
    }
    Files.writeString(config, text.substring(0, end) + further + text.substring(end));
  }
}
