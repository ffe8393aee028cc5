// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.kept;

/** Finds the CRC-32 of two pieces together from those of each, as zlib does: appending zeros is linear, so it is a matrix of bits. */
final class Checksums {
  private static final int POLYNOMIAL = 0xedb88320;
  private static final int BITS = 32;

  private Checksums() {}

  static int joined(int first, int second, int secondLength) {
    if (first == 0 || secondLength == 0) {
      return first ^ second;
    }
    int[] zeros = squared(squared(oneZeroBit())); // four zero bits; the loop begins with eight
    int moved = first;
    for (int left = secondLength; left != 0; left >>>= 1) {
      zeros = squared(zeros);
      if ((left & 1) != 0) {
        moved = times(zeros, moved);
      }
    }
    return moved ^ second;
  }

  private static int[] oneZeroBit() {
    int[] matrix = new int[BITS];
    matrix[0] = POLYNOMIAL;
    for (int i = 1; i < BITS; i++) {
      matrix[i] = 1 << (i - 1);
    }
    return matrix;
  }

  private static int[] squared(int[] matrix) {
    int[] square = new int[BITS];
    for (int i = 0; i < BITS; i++) {
      square[i] = times(matrix, matrix[i]);
    }
    return square;
  }

  private static int times(int[] matrix, int vector) {
    int sum = 0;
    for (int rest = vector; rest != 0; rest &= rest - 1) {
      sum ^= matrix[Integer.numberOfTrailingZeros(rest)];
    }
    return sum;
  }
}
