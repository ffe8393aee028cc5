// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.postgres;

import dev.sextant.conformance.Answer;
import dev.sextant.conformance.Question;
import dev.sextant.conformance.compare.TableDifference;
import dev.sextant.conformance.door.ProjectFolders;
import dev.sextant.conformance.sql.SqlProject;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A statement means the same on DuckDB and on a PostgreSQL that sorts text as English does: rows, their order, and what is wrong with it. */
class SemanticSqlAgreesTest {
  /** English sorts these as apple, Äpfel, Banana, Zebra; bytes as Banana, Zebra, apple, Äpfel. */
  private static final String WORDS = "(values ('Zebra', 1, true), ('apple', 2, false), ('Äpfel', 3, true), ('Banana', 4, null), (null, 5, false)) w(t, n, b)";

  private static PostgresProjects copies;
  private static SqlProject duckdb;
  private static SqlProject postgres;

  @BeforeAll
  static void open() throws Exception {
    Path shop = ProjectFolders.find("shop");
    copies = new PostgresProjects();
    duckdb = SqlProject.in(shop);
    postgres = SqlProject.in(copies.copy(shop));
  }

  @AfterAll
  static void close() throws Exception {
    duckdb.close();
    postgres.close();
    copies.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"select t from # where t >= 'a' order by n", "select t from # where t < 'b' or t between 'A' and 'Z' order by n",
      "select t from # order by t nulls last", "select t from # order by current_user, n",
      "select t as word from # order by word desc nulls last",
      "select t from # order by 1 nulls first",
      "select upper(t) from # order by upper(t) nulls last", "select distinct t from # order by t nulls last",
      "select distinct upper(t) u from # order by upper(t) nulls last", "select min(t), max(t), min(b), max(b) from #",
      "select t, count(*) from # group by 1 having t > 'B' order by 1 nulls last",
      "select upper(t) u, sum(n) from # group by 1 having upper(t) > 'B' order by 1 nulls last",
      "select n, rank() over (order by t nulls last), min(t) over (), max(b) over () from # order by n",
      "select n, first_value(t) over w, row_number() over w from # window w as (partition by b order by t nulls last) order by n",
      "select t from # union select 'Cider' order by 1 nulls last",
      "select t from # union all select 'zoo' order by t desc nulls last limit 3",
      "select t from # except select 'apple' order by 1 nulls last", "select greatest('a', t), least(t, 'C', 'b') from # order by n",
      "select t from (select t, n from # order by t limit 2) x order by n", "select string_agg(t, ',' order by t) from #",
      "select percentile_disc(0.5) within group (order by t) from #", "select max(t) filter (where n > 1) from #",
      "select t || 'x' from # where t || 'x' < 'c' order by t || 'x'",
      "select case when t > 'a' then 'late' else 'early' end c from # order by n",
      "select n, round(n / 3, 2), trunc(n / 3, 1), mod(n, 2), 'x' as k from # group by n, 'x' order by n",
      "select median(n), round(avg(n), 1) from # group by 'x', true, null",
      "select order__status, min(customer__name), max(order__status) from orders group by 1 order by 1 nulls first",
      "select order__status s, measure(revenue) from orders where order__status > 'O' group by order__status order by s nulls last",
      "select country__country_name c, measure(visits), measure(revenue) from metrics group by 1 order by 1 nulls last",
      "select country__country_name c, measure(visits), measure(revenue) from metrics where country__country_name >= 'G' group by 1 order by c nulls last",
      "select customer__name, sum(revenue) over (order by customer__name, \"order\") from orders order by \"order\"",
      "select s from (select order__status s, measure(revenue) r from orders group by 1) t where s > 'a' and s < 'z' order by s"})
  void rowsAndTheirOrderAreTheSame(String sql) {
    Answer expected = ask(duckdb, sql);
    Answer actual = ask(postgres, sql);
    assertThat(expected).isInstanceOf(Answer.Rows.class);
    assertThat(actual).isInstanceOf(Answer.Rows.class);
    Optional<String> difference = new TableDifference(1e-9, true).between(((Answer.Rows) expected).table(), ((Answer.Rows) actual).table());
    assertThat(difference).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"select t + 1 from #", "select n || b from #", "select t from # where n", "select t from # where t = 1",
      "select n from # where n = 'one'", "select t from # group by 1, 3", "select t, 1 from # order by 4", "select t from # order by 'x'",
      "select rank() over w from #", "select rank() from #", "select upper(t) over () from #", "select grouping(t) over () from #",
      "select upper(n) from #",
      "select round(t) from #",
      "select date_trunc('month', t) from #", "select date_trunc('fortnight', now()) from #", "select now() / 2 from #",
      "select now() + now() from #",
      "select now() + 1 from #", "select sum(t) from #", "select sum(b) from #", "select cast(n as date) from #",
      "select cast('x' as integer) from #",
      "select date '2026-02-30'", "select timestamp 'soon'", "select interval 'x' day", "select case when n then 1 end from #",
      "select case when b then 1 else 'x' end from #", "select coalesce(n, t) from #", "select t from # union select n from #",
      "select t from # where n in ('a', 'b')", "select t from # where t in (select n from #)",
      "select t from # where (select n, t from #) = 1",
      "select t from # where n in (select n, t from #)", "select upper(t, t) from #", "select coalesce() from #", "select not n from #",
      "select t from # where t like 1", "select count(*) filter (where n) from #", "select w.t from # join (select 1 z) q on n",
      "select t from # having n", "select -t from #", "select left(t, 1.5) from #", "select extract(year from n) from #",
      "select cast(n as decimal(50, 2)) from #", "values (1, 2), (3)", "select n from # where (n, t) = (1, 2)",
      "select n from # where (n, t) = (1, 'a', 2)",
      "select order__status from orders where metric_time > 'yesterday'",
      "select order__status from orders where metric_time = order__status",
      "select measure(visits) from metrics where country__country_name = 1", "select 1 limit -1",
      "select t from # where exists (select 1) = 1"})
  void whatIsWrongIsSaidTheSameWayBeforeAWarehouseIsAsked(String sql) {
    Answer.Complaint expected = complaint(duckdb, sql);
    Answer.Complaint actual = complaint(postgres, sql);
    assertThat(actual.code() + " " + actual.message() + actual.position())
        .isEqualTo(expected.code() + " " + expected.message() + expected.position());
    assertThat(expected.position().line()).as(expected.message()).isEqualTo(1);
    assertThat(expected.code()).isIn("TYPE_MISMATCH", "INVALID_SQL");
  }

  private static Answer.Complaint complaint(SqlProject project, String sql) {
    Answer answer = ask(project, sql);
    assertThat(answer).isInstanceOf(Answer.Refusal.class);
    return ((Answer.Refusal) answer).complaints().getFirst();
  }

  private static Answer ask(SqlProject project, String sql) {
    return project.door().ask(new Question.Sql(sql.replace("#", WORDS)));
  }
}
