// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.yaml;

import dev.sextant.model.Issue;
import dev.sextant.model.Issues;
import dev.sextant.model.Position;
import dev.sextant.model.yaml.YamlNode.Mapping;
import dev.sextant.model.yaml.YamlNode.Scalar;
import dev.sextant.model.yaml.YamlNode.Sequence;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class YamlReaderTest {
  private final Issues issues = new Issues();

  private List<YamlNode> read(String text) {
    return YamlReader.read("m.yml", text, issues);
  }

  private Scalar value(String text) {
    return (Scalar) ((Mapping) read(text).getFirst()).value("k").orElseThrow();
  }

  private String issue(String text) {
    read(text);
    assertThat(issues.errors()).hasSize(1);
    return issues.errors().getFirst().toString();
  }

  @Test
  void everyNodeKnowsWhereItStands() {
    Mapping root = (Mapping) read("a: 1\nb:\n  - x\n  - {c: y}\n").getFirst();
    assertThat(root.value("a").orElseThrow().position()).isEqualTo(new Position("m.yml", 1, 4));
    Sequence list = (Sequence) root.value("b").orElseThrow();
    assertThat(list.items().get(0).position()).isEqualTo(new Position("m.yml", 3, 5));
    assertThat(((Mapping) list.items().get(1)).value("c").orElseThrow().position()).isEqualTo(new Position("m.yml", 4, 9));
    assertThat(issues.isEmpty()).isTrue();
  }

  @Test
  void placesInTextsAreFoundWhateverTheStyle() {
    assertThat(value("k: abc def").place(4)).isEqualTo(new Position("m.yml", 1, 8));
    assertThat(value("k: 'a ''b'' c'").place(2)).isEqualTo(new Position("m.yml", 1, 7));
    assertThat(value("k: 'a ''b'' c'").place(6)).isEqualTo(new Position("m.yml", 1, 13));
    assertThat(value("k: \"a \\\"b\\\" \\u0041c\"").place(7)).isEqualTo(new Position("m.yml", 1, 19));
    assertThat(value("k: >-\n  one\n  two three").place(8)).isEqualTo(new Position("m.yml", 3, 7));
    assertThat(value("k: |\n   one\n     two").place(6)).isEqualTo(new Position("m.yml", 3, 6));
    assertThat(value("k: one\n  two").place(4)).isEqualTo(new Position("m.yml", 2, 3));
    assertThat(value("k: 'abc'").place(3)).isEqualTo(new Position("m.yml", 1, 8));
    assertThat(value("j: 😀\nk: '😀 x'").place(3)).isEqualTo(new Position("m.yml", 2, 8));
    assertThat(value("k: ''").place(0)).isEqualTo(new Position("m.yml", 1, 5));
  }

  @Test
  void jsonIsYaml() {
    Mapping root = (Mapping) read("{\"k\": \"a b\\n\\u00e9\\ud83d\\ude00\", \"list\": [1, null, true],\n\t\"t\": {}}").getFirst();
    assertThat(((Scalar) root.value("k").orElseThrow()).text()).isEqualTo("a b\né😀");
    assertThat(issues.errors()).isEmpty();
  }

  @Test
  void aliasesAndMergesAreUnderstood() {
    Mapping root = (Mapping) read("base: &b {x: 1, y: 2}\nuse: {<<: *b, y: 3}\n").getFirst();
    Mapping use = (Mapping) root.value("use").orElseThrow();
    assertThat(((Scalar) use.value("x").orElseThrow()).text()).isEqualTo("1");
    assertThat(((Scalar) use.value("y").orElseThrow()).text()).isEqualTo("3");
  }

  @Test
  void textThatIsNotYamlIsPointedAt() {
    assertThat(issue("a: [1, 2")).startsWith("m.yml:1:9: this is not YAML: while parsing a flow sequence, expected ',' or ']'");
  }

  @Test
  void aTabForIndentationIsPointedAt() {
    assertThat(issue("a:\n\tb: 1")).startsWith("m.yml:2:1: this is not YAML").contains("'\\t");
  }

  @Test
  void theSameKeyTwiceIsAnError() {
    assertThat(issue("a: 1\nb: 2\na: 3\n")).isEqualTo("m.yml:3:1: the key 'a' stands here twice");
  }

  @Test
  void aKeyIsAText() {
    assertThat(issue("? [a, b]\n: 1\n")).isEqualTo("m.yml:1:3: a key must be a text, not a list");
  }

  @Test
  void unknownAliasesAreErrors() {
    assertThat(issue("a: *b")).isEqualTo("m.yml:1:4: the alias '*b' names no anchor before it");
  }

  @Test
  void anAliasInsideItsOwnAnchorIsAnError() {
    assertThat(issue("a: &a [*a]")).isEqualTo("m.yml:1:8: the alias '*a' names no anchor before it");
  }

  @Test
  void tagsOfOtherLanguagesAreErrors() {
    assertThat(issue("a: !!python/object:os.system x")).startsWith("m.yml:1:4: the tag");
  }

  @Test
  void controlCharactersAreErrors() {
    assertThat(issue("a: \u0001")).isEqualTo("m.yml:1:1: the character U+0001 is not allowed in YAML");
  }

  @Test
  void aBombOfAliasesIsRefusedQuickly() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 40; i++) {
      bomb.append("a")
          .append(i)
          .append(": &a")
          .append(i)
          .append(" [")
          .append(("*a" + (i - 1) + ", ").repeat(9))
          .append("*a")
          .append(i - 1)
          .append("]\n");
    }
    assertThat(issue(bomb.toString())).contains("more than 2000000 nodes once its aliases are expanded");
  }

  @Test
  void aBombOfMergesIsRefusedQuickly() {
    StringBuilder bomb = new StringBuilder("a0: &a0 {x: 1, y: 2}\n");
    for (int i = 1; i < 40; i++) {
      bomb.append("a")
          .append(i)
          .append(": &a")
          .append(i)
          .append(" {<<: [")
          .append(("*a" + (i - 1) + ", ").repeat(9))
          .append("*a")
          .append(i - 1)
          .append("], k")
          .append(i)
          .append(": {<<: *a")
          .append(i - 1)
          .append("}}\n");
    }
    read(bomb.toString());
  }

  @Test
  void tenMegabytesOfAliasesAreReadOrRefusedWithoutTrouble() {
    StringBuilder text = new StringBuilder("a: &a [x, y]\nb:\n");
    while (text.length() < YamlReader.MOST_CHARACTERS - 10) {
      text.append("- *a\n");
    }
    read(text.toString());
    assertThat(issues.errors()).extracting(Issue::message)
        .containsExactly("the document has more than 2000000 nodes once its aliases are expanded");
  }

  @Test
  void tooLargeDocumentsAreRefused() {
    assertThat(issue("#".repeat(YamlReader.MOST_CHARACTERS + 1))).startsWith("m.yml:1:1: the file has 10485761 characters");
  }

  @Test
  void tooDeepDocumentsAreRefused() {
    assertThat(issue("[".repeat(5_000))).isEqualTo("m.yml:1:101: nodes nest more than 100 levels deep");
  }
}
