// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.arrow;

import dev.sextant.jdbc.testing.Streams;
import java.io.ByteArrayInputStream;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.TimeZone;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.LargeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.ListViewVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.complex.impl.UnionMapWriter;
import org.apache.arrow.vector.complex.writer.BaseWriter;
import org.apache.calcite.avatica.util.Cursor.Accessor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Lists, structs and maps come as JSON text. */
class NestedValuesTest {
  private final BufferAllocator allocator = new RootAllocator();

  @AfterEach
  void close() {
    allocator.close();
  }

  private static List<@org.jspecify.annotations.Nullable String> texts(byte[] bytes) throws Exception {
    ArrowStream stream = new ArrowStream(new ByteArrayInputStream(bytes));
    Accessor accessor = stream.accessors(TimeZone.getDefault()).get(0);
    List<@org.jspecify.annotations.Nullable String> texts = new java.util.ArrayList<>();
    while (stream.next()) {
      assertThat(accessor.getObject()).isEqualTo(accessor.getString());
      texts.add(accessor.getString());
    }
    assertThat(stream.type(0).jdbcType()).isEqualTo(Types.VARCHAR);
    return texts;
  }

  private static void twoLists(BaseWriter.ListWriter writer) {
    writer.setPosition(0);
    writer.startList();
    writer.integer().writeInt(1);
    writer.integer().writeNull();
    writer.integer().writeInt(-3);
    writer.endList();
    writer.setPosition(1);
    writer.startList();
    writer.endList();
  }

  @Test
  void listsKeepNullsAndEmptiness() throws Exception {
    try (ListVector lists = ListVector.empty("c", allocator); LargeListVector large = LargeListVector.empty("c", allocator);
        ListViewVector views = ListViewVector.empty("c", allocator)) {
      byte[] plain = Streams.of(List.<FieldVector>of(lists), 2, 3, batch -> {
        lists.reset();
        twoLists(lists.getWriter());
        lists.setValueCount(3);
      });
      assertThat(texts(plain)).containsExactly("[1,null,-3]", "[]", null, "[1,null,-3]", "[]", null);
      byte[] wide = Streams.of(List.<FieldVector>of(large), 1, 3, batch -> {
        large.reset();
        twoLists(large.getWriter());
        large.setValueCount(3);
      });
      assertThat(texts(wide)).containsExactly("[1,null,-3]", "[]", null);
      byte[] viewed = Streams.of(List.<FieldVector>of(views), 1, 3, batch -> {
        views.reset();
        twoLists(views.getWriter());
        views.setValueCount(3);
      });
      assertThat(texts(viewed)).containsExactly("[1,null,-3]", "[]", null);
    }
  }

  @Test
  void listsOfOneLength() throws Exception {
    try (FixedSizeListVector lists = FixedSizeListVector.empty("c", 2, allocator)) {
      byte[] stream = Streams.of(List.<FieldVector>of(lists), 1, 2, batch -> {
        var writer = lists.getWriter();
        writer.allocate();
        writer.setPosition(0);
        writer.startList();
        writer.float8().writeFloat8(1.5);
        writer.float8().writeFloat8(Double.NaN);
        writer.endList();
        writer.setValueCount(2);
      });
      assertThat(texts(stream)).containsExactly("[1.5,\"NaN\"]", null);
    }
  }

  @Test
  void structsNameTheirPartsAndTextIsEscaped() throws Exception {
    try (StructVector structs = StructVector.empty("c", allocator)) {
      byte[] stream = Streams.of(List.<FieldVector>of(structs), 1, 2, batch -> {
        var writer = structs.getWriter();
        writer.allocate();
        writer.setPosition(0);
        writer.start();
        writer.varChar("say \"it\"").writeVarChar("a\n\"b\"\\");
        writer.bit("yes").writeBit(1);
        writer.end();
        writer.setPosition(1);
        writer.start();
        writer.varChar("say \"it\"").writeVarChar("x");
        writer.end();
        structs.setIndexDefined(0);
        structs.setIndexDefined(1);
        writer.setValueCount(2);
      });
      assertThat(texts(stream)).containsExactly("{\"say \\\"it\\\"\":\"a\\u000a\\\"b\\\"\\\\\",\"yes\":true}",
          "{\"say \\\"it\\\"\":\"x\",\"yes\":null}");
    }
  }

  @Test
  void mapsAreListsOfEntries() throws Exception {
    try (MapVector maps = MapVector.empty("c", allocator, false)) {
      byte[] stream = Streams.of(List.<FieldVector>of(maps), 1, 1, batch -> {
        UnionMapWriter writer = maps.getWriter();
        writer.allocate();
        writer.setPosition(0);
        writer.startMap();
        writer.startEntry();
        writer.key().varChar().writeVarChar("a");
        writer.value().bigInt().writeBigInt(1);
        writer.endEntry();
        writer.endMap();
        writer.setValueCount(1);
      });
      assertThat(texts(stream)).containsExactly("[{\"key\":\"a\",\"value\":1}]");
    }
  }

  @Test
  void listsOfListsWork() throws Exception {
    try (ListVector lists = ListVector.empty("c", allocator)) {
      byte[] stream = Streams.of(List.<FieldVector>of(lists), 1, 1, batch -> {
        var writer = lists.getWriter();
        writer.setPosition(0);
        writer.startList();
        writer.list().startList();
        writer.list().varChar().writeVarChar("a");
        writer.list().endList();
        writer.list().startList();
        writer.list().endList();
        writer.endList();
        lists.setValueCount(1);
      });
      assertThat(texts(stream)).containsExactly("[[\"a\"],[]]");
    }
  }

  @Test
  void aColumnOfNullsHasNoBuffers() throws Exception {
    try (NullVector nulls = new NullVector("c")) {
      byte[] bytes = Streams.of(List.<FieldVector>of(nulls), 2, 3, batch -> nulls.setValueCount(3));
      ArrowStream stream = new ArrowStream(new ByteArrayInputStream(bytes));
      Accessor accessor = stream.accessors(TimeZone.getDefault()).get(0);
      int rows = 0;
      while (stream.next()) {
        rows++;
        assertThat(accessor.getObject()).isNull();
        assertThat(accessor.wasNull()).isTrue();
      }
      assertThat(rows).isEqualTo(6);
      assertThat(stream.type(0).jdbcType()).isEqualTo(Types.NULL);
    }
  }

  @Test
  void arraysAreRefusedWithAWayOut() throws Exception {
    try (ListVector lists = ListVector.empty("c", allocator)) {
      byte[] bytes = Streams.of(List.<FieldVector>of(lists), 1, 3, batch -> {
        twoLists(lists.getWriter());
        lists.setValueCount(3);
      });
      ArrowStream stream = new ArrowStream(new ByteArrayInputStream(bytes));
      Accessor accessor = stream.accessors(TimeZone.getDefault()).get(0);
      assertThat(stream.next()).isTrue();
      assertThatThrownBy(accessor::getArray).isInstanceOf(SQLException.class).hasMessageContaining("read it as text");
    }
  }
}
