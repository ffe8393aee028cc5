// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Little-endian numbers in a byte array. */
public final class Bytes {
  private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Bytes() {}

  public static short shortAt(byte[] bytes, int offset) {
    return (short) SHORTS.get(bytes, offset);
  }

  public static int intAt(byte[] bytes, int offset) {
    return (int) INTS.get(bytes, offset);
  }

  public static long longAt(byte[] bytes, int offset) {
    return (long) LONGS.get(bytes, offset);
  }

  public static boolean bitAt(byte[] bytes, int offset, int index) {
    return (bytes[offset + (index >> 3)] >> (index & 7) & 1) != 0;
  }

  /** Widens a half-precision float. */
  public static float halfAt(byte[] bytes, int offset) {
    int half = shortAt(bytes, offset) & 0xffff;
    int sign = (half & 0x8000) << 16;
    int exponent = half >> 10 & 0x1f;
    int fraction = half & 0x3ff;
    if (exponent == 0) {
      float tiny = fraction * 0x1p-24f;
      return sign == 0 ? tiny : -tiny;
    }
    int wide = exponent == 0x1f ? 0xff : exponent + 112;
    return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
  }
}
