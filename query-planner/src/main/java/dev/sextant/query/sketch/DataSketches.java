// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sketch;

import java.util.Base64;

/**
 * Makes DataSketches fit to run. Its memory library (3.0) works on JDKs after 21 but does not start on them: it reads their version once and has not
 * heard of it; later versions run on one JDK each.
 */
final class DataSketches {
  private static final String VERSION = "java.version";
  private static final String LATEST_KNOWN = "21";
  private static final String GATE = "org.apache.datasketches.memory.internal.ResourceImpl";
  private static final int ASCII_COMMA = ',';

  static {
    String own = System.getProperty(VERSION);
    System.setProperty(VERSION, LATEST_KNOWN);
    try {
      var unused = Class.forName(GATE);
    } catch (ClassNotFoundException other) {
      throw new IllegalStateException(other);
    } finally {
      System.setProperty(VERSION, own);
    }
  }

  private DataSketches() {}

  /** Returns once sketches can be made. */
  static void ready() {}

  static String text(byte[] sketch) {
    return Base64.getEncoder().encodeToString(sketch);
  }

  static byte[] bytes(String sketches, int from, int to) {
    return Base64.getDecoder().decode(sketches.substring(from, to));
  }

  /** Where the part of a list that starts at {@code from} ends. */
  static int end(String list, int from) {
    int comma = list.indexOf(ASCII_COMMA, from);
    return comma < 0 ? list.length() : comma;
  }
}
