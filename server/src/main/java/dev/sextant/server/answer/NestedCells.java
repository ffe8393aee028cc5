// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ValueVector;
import org.apache.arrow.vector.complex.BaseListVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.LargeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;

/** Spells lists, structs and maps as JSON, whatever is around it; a map is a list of its keys and values. */
final class NestedCells {

  private NestedCells() {}

  static Cells.Writer of(ValueVector vector, TextForm form) {
    TextForm inner = form.isJson() ? form : TextForm.JSON;
    Cells.Writer json = switch (vector) {
      case ListVector lists -> list(lists, Cells.of(lists.getDataVector(), inner));
      case LargeListVector lists -> list(lists::getElementStartIndex, lists::getElementEndIndex, Cells.of(lists.getDataVector(), inner));
      case FixedSizeListVector lists -> list(lists, Cells.of(lists.getDataVector(), inner));
      case StructVector structs -> struct(structs, inner);
      default -> throw Cells.unsupported(vector);
    };
    return form.isJson() ? json : (row, out) -> {
      int start = out.size();
      json.write(row, out);
      Quoting.close(form, start, out);
    };
  }

  private static Cells.Writer list(BaseListVector lists, Cells.Writer item) {
    return list(lists::getElementStartIndex, lists::getElementEndIndex, item);
  }

  private static Cells.Writer list(IntToLongFunction first, IntToLongFunction behind, Cells.Writer item) {
    return (row, out) -> {
      int start = (int) first.applyAsLong(row);
      int end = (int) behind.applyAsLong(row);
      out.put('[');
      for (int i = start; i < end; i++) {
        if (i > start) {
          out.put(',');
        }
        item.write(i, out);
      }
      out.put(']');
    };
  }

  private static Cells.Writer struct(StructVector structs, TextForm form) {
    List<Cells.Writer> members = new ArrayList<>();
    for (FieldVector child : structs.getChildrenFromFields()) {
      Cells.Writer value = Cells.of(child, form);
      members.add((row, out) -> {
        Quoting.json(child.getName(), out);
        out.put(':');
        value.write(row, out);
      });
    }
    return (row, out) -> {
      char before = '{';
      for (Cells.Writer member : members) {
        out.put(before);
        member.write(row, out);
        before = ',';
      }
      out.ascii(members.isEmpty() ? "{}" : "}");
    };
  }
}
