// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.ops;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import java.nio.charset.StandardCharsets;
import java.time.LocalTime;
import java.time.ZoneId;
import org.slf4j.event.KeyValuePair;

/** Encodes a log event as a line for people: time, level, message, and whatever else was said with it. Quicker than a pattern. */
final class TextLines extends LineEncoder {
  private static final int USUAL = 256;
  private static final int LEVEL = 5;
  private static final int NANOS_OF_MILLI = 1_000_000;

  private final ZoneId zone = ZoneId.systemDefault();

  @Override
  public byte[] encode(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(USUAL);
    LocalTime time = LocalTime.ofInstant(event.getInstant(), zone);
    padded(time.getHour(), 2, line);
    padded(time.getMinute(), 2, line.append(':'));
    padded(time.getSecond(), 2, line.append(':'));
    padded(time.getNano() / NANOS_OF_MILLI, 3, line.append('.'));
    String level = event.getLevel().toString();
    line.append(' ').append(level).append(" ".repeat(Math.max(0, LEVEL - level.length()))).append(' ');
    line.append(event.getFormattedMessage());
    for (KeyValuePair pair : pairs(event)) {
      line.append(' ').append(pair.key).append('=').append(pair.value);
    }
    line.append(System.lineSeparator());
    if (event.getThrowableProxy() != null) {
      line.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
    return line.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void padded(int number, int digits, StringBuilder line) {
    String text = Integer.toString(number);
    line.append("0".repeat(digits - text.length())).append(text);
  }
}
