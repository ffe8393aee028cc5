// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.ops;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.slf4j.event.KeyValuePair;

/** Encodes a log event as one line of JSON: time, level, logger, message, the query's id, and whatever else was said with it. */
final class JsonLines extends LineEncoder {
  private static final JsonFactory JSON = new JsonFactory();

  @Override
  public byte[] encode(ILoggingEvent event) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      write(event, out);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    bytes.write('\n');
    return bytes.toByteArray();
  }

  private static void write(ILoggingEvent event, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("time", event.getInstant().toString());
    out.writeStringField("level", event.getLevel().toString());
    out.writeStringField("logger", event.getLoggerName());
    out.writeStringField("message", event.getFormattedMessage());
    for (Map.Entry<String, String> entry : event.getMDCPropertyMap().entrySet()) {
      out.writeStringField(entry.getKey(), entry.getValue());
    }
    for (KeyValuePair pair : pairs(event)) {
      pair(pair, out);
    }
    if (event.getThrowableProxy() != null) {
      out.writeStringField("stack_trace", ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
    out.writeEndObject();
  }

  private static void pair(KeyValuePair pair, JsonGenerator out) throws IOException {
    if (pair.value instanceof Number number) {
      out.writeNumberField(pair.key, number.longValue());
    } else {
      out.writeStringField(pair.key, String.valueOf(pair.value));
    }
  }
}
