// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sextant.activation.FeatureVersion;
import dev.sextant.activation.feature.KeyPacker;
import dev.sextant.activation.feature.PackedRow;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * The least a server of features does: it reads the keys of a request, fetches their packed rows from the same RocksDB, looks whether they are
 * there, and sends an answer that was made before, of as many bytes as ours.
 */
final class BareRows implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<ColumnFamilyHandle> families = new ArrayList<>();
  private final DBOptions options = new DBOptions();
  private final byte[] version;
  private final List<FeatureVersion.Feature> features;
  private final Map<Integer, byte[]> answers;
  private final RocksDB db;
  private final Javalin server;

  /** {@code answers} holds an answer for each number of keys. */
  BareRows(Path store, FeatureVersion version, Map<Integer, byte[]> answers) throws RocksDBException {
    this.version = HexFormat.of().parseHex(version.id());
    this.features = version.features();
    this.answers = answers;
    this.db = RocksDB.openReadOnly(options, store.toString(), List.of(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY),
        new ColumnFamilyDescriptor("about".getBytes(StandardCharsets.UTF_8))), families);
    this.server = Javalin.create(config -> {
      config.startup.showJavalinBanner = false;
      config.concurrency.useVirtualThreads = true;
      config.routes.post("/bare", this::answer);
      config.routes.post("/written", this::written);
    }).start("127.0.0.1", 0);
  }

  /** Where the answer is one that was made before, or is written from the rows. */
  String url(boolean written) {
    return "http://127.0.0.1:" + server.port() + (written ? "/written" : "/bare");
  }

  private void answer(Context context) throws IOException, RocksDBException {
    context.contentType("application/json").result(answers.getOrDefault(rows(context).size(), new byte[0]));
  }

  /** The values as Jackson writes them, without keys, times and statuses. */
  private void written(Context context) throws IOException, RocksDBException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      JsonSink sink = new JsonSink(out);
      int[] places = new int[features.size()];
      out.writeStartArray();
      for (byte[] row : rows(context)) {
        PackedRow packed = PackedRow.of(row).orElseThrow();
        packed.locate(features, places);
        out.writeStartArray();
        for (int i = 0; i < places.length; i++) {
          packed.value(features.get(i).type(), places[i], sink);
        }
        out.writeEndArray();
      }
      out.writeEndArray();
    }
    context.contentType("application/json").result(bytes.toByteArray());
  }

  private List<byte[]> rows(Context context) throws IOException, RocksDBException {
    JsonNode asked = JSON.readTree(context.bodyAsBytes()).path("keys");
    KeyPacker packer = new KeyPacker();
    List<byte[]> keys = new ArrayList<>(asked.size());
    for (JsonNode key : asked) {
      packer.begin().integer(key.path("customer").asLong(), true);
      byte[] packed = packer.key();
      byte[] whole = new byte[version.length + packed.length];
      System.arraycopy(version, 0, whole, 0, version.length);
      System.arraycopy(packed, 0, whole, version.length, packed.length);
      keys.add(whole);
    }
    List<byte[]> rows = keys.size() == 1 ? Collections.singletonList(db.get(families.getFirst(), keys.getFirst()))
        : db.multiGetAsList(Collections.nCopies(keys.size(), families.getFirst()), keys);
    if (rows.contains(null)) {
      throw new IllegalStateException("a row is missing");
    }
    return rows;
  }

  @Override
  public void close() {
    server.stop();
    families.forEach(ColumnFamilyHandle::close);
    db.close();
    options.close();
  }
}
