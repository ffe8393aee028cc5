// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.activation.Destination.Operation;
import dev.sextant.activation.Destination.Row;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Rows on their way as the ledger keeps them: gzipped JSON. What is read is what is sent, the first time, too, so that a repeat is the same. */
final class Packets {
  private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
      .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
      .setNodeFactory(JsonNodeFactory.withExactBigDecimals(true));

  private Packets() {}

  static byte[] write(List<PlannedRow> rows) {
    ArrayNode all = JSON.createArrayNode();
    for (PlannedRow planned : rows) {
      ObjectNode written = all.addObject()
          .put("operation", planned.row().operation().name())
          .put("key", planned.row().key())
          .put("key_hash", planned.keyHash().toString())
          .put("payload_hash", planned.payloadHash().toString())
          .put("leaves", planned.leaves());
      written.set("keys", JSON.valueToTree(planned.row().keys()));
      written.set("fields", JSON.valueToTree(planned.row().fields()));
      planned.row().remoteId().ifPresent(id -> written.put("remote_id", id));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zipped = new GZIPOutputStream(bytes)) {
      JSON.writeValue(zipped, all);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  static List<PlannedRow> read(byte[] content) {
    try (GZIPInputStream zipped = new GZIPInputStream(new ByteArrayInputStream(content))) {
      List<PlannedRow> rows = new ArrayList<>();
      for (JsonNode row : JSON.readTree(zipped)) {
        rows.add(new PlannedRow(new BigInteger(row.path("key_hash").asText()), new BigInteger(row.path("payload_hash").asText()),
            row.path("leaves").asBoolean(), new Row(Operation.valueOf(row.path("operation").asText()), row.path("key").asText(),
                values(row.path("keys")), values(row.path("fields")), Optional.ofNullable(row.path("remote_id").asText(null)))));
      }
      return rows;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static Map<String, @Nullable Object> values(JsonNode node) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    node.properties().forEach(entry -> values.put(entry.getKey(), value(entry.getValue())));
    return values;
  }

  private static @Nullable Object value(JsonNode node) {
    return switch (node.getNodeType()) {
      case NULL, MISSING -> null;
      case BOOLEAN -> node.booleanValue();
      case NUMBER ->
          node.isBigInteger() ? node.bigIntegerValue() : node.isIntegralNumber() ? (Object) node.longValue() : node.decimalValue();
      case STRING -> node.textValue();
      case ARRAY, OBJECT, BINARY, POJO -> node.toString();
    };
  }
}
