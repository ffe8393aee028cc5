// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.feature;

import dev.sextant.activation.feature.KeyPacker.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Takes packed keys apart. */
final class KeyParts {
  private KeyParts() {}

  /** The packed parts of a packed key. */
  static List<byte[]> of(byte[] key) {
    List<byte[]> parts = new ArrayList<>();
    ByteSource source = new ByteSource(key, 0);
    while (!source.isOver()) {
      int start = source.at();
      skip(Kind.values()[source.next()], source);
      parts.add(Arrays.copyOfRange(key, start, source.at()));
    }
    return parts;
  }

  /** Whether the parts of {@code key} from {@code first} on are {@code wanted}. */
  static boolean hold(byte[] key, int first, List<byte[]> wanted) {
    List<byte[]> parts = of(key);
    for (int i = 0; i < wanted.size(); i++) {
      if (!Arrays.equals(parts.get(first + i), wanted.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static void skip(Kind kind, ByteSource source) {
    switch (kind) {
      case NOTHING -> source.run(0);
      case INTEGER, DATE, TIME -> source.unsigned();
      case FLAG -> source.run(1);
      case REAL -> source.run(Long.BYTES);
      case TEXT, BINARY -> source.run((int) source.unsigned());
      case DECIMAL, LOCAL_TIME, INSTANT -> {
        source.unsigned();
        if (kind == Kind.DECIMAL) {
          source.run((int) source.unsigned());
        } else {
          source.unsigned();
        }
      }
    }
  }
}
