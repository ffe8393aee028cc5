// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse.duckdb;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ProjectPathsTest {
  private final ProjectPaths paths = new ProjectPaths(Path.of("/p/q"));

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      select * from 'a.csv' where b = 'c.csv'                | select * from '/p/q/a.csv' where b = 'c.csv'
      from './a.csv' t join '../b/*.parquet' using (x)       | from '/p/q/a.csv' t join '/p/b/*.parquet' using (x)
      copy t from '../../t/x.csv' (delim 'x')                | copy t from '/t/x.csv' (delim 'x')
      copy (from t) to 'out/x.parquet'                       | copy (from t) to '/p/q/out/x.parquet'
      from read_csv('a.csv', delim = 'b')                    | from read_csv('/p/q/a.csv', delim = 'b')
      from read_csv(['a.csv', 'b.csv'], nullstr = ['x'])     | from read_csv(['/p/q/a.csv', '/p/q/b.csv'], nullstr = ['x'])
      attach if not exists 'o.db' as o                       | attach if not exists '/p/q/o.db' as o
      select (select max(x) from 'a.csv')                    | select (select max(x) from '/p/q/a.csv')
      """)
  void namesOfFilesBecomeAbsolute(String sql, String absolute) {
    assertThat(paths.absolute(sql)).isEqualTo(absolute);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      select trim(both 'a' from 'b.csv')
      select trim(from 'b.csv')
      select substring('abc' from 'b')
      select extract(year from '2024-01-01')
      select overlay('abc' placing 'x' from '2')
      select * from t where a is distinct from 'paid' and b is not distinct from 'x.csv'
      select * from t where a similar to 'x.csv' and b not similar to 'y'
      select (select max(a is distinct from 'paid') from t)
      select x from t where y in ('a', 'b')
      from '/abs/a.csv'
      from 's3://bucket/a.parquet'
      attach ':memory:' as m
      select 1 -- from 'a.csv'
      select 1 /* from 'a.csv' */
      select $$ from 'a.csv' $$
      select "from 'a.csv'" from t
      select ') from '
      """)
  void everythingElseStays(String sql) {
    assertThat(paths.absolute(sql)).isEqualTo(sql);
  }
}
