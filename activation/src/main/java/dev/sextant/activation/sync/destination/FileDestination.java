// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync.destination;

import dev.sextant.activation.DeliveryFailure;
import dev.sextant.activation.DeliveryFailure.Advice;
import dev.sextant.activation.Destination;
import dev.sextant.model.Sync;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Files of changes, one a batch, in a folder a sync: {@code op}, the key, the fields. A file is there whole or not at all. */
final class FileDestination implements Destination {
  private static final int ROWS = 100_000;

  private final Path folder;
  private final String format;
  private final int rows;

  FileDestination(Options options, Sync sync, Path project) {
    options.known("path", "batch_size");
    this.folder = project.resolve(options.required("path")).resolve(sync.object().orElse(sync.name()));
    this.format = options.config().type();
    this.rows = options.number("batch_size", ROWS, 10_000_000);
  }

  @Override
  public int batchSize() {
    return rows;
  }

  @Override
  public Set<Operation> operations() {
    return Set.of(Operation.values());
  }

  @Override
  public List<RowResult> deliver(Batch batch) throws DeliveryFailure {
    Path whole = folder.resolve(batch.sync() + "-" + batch.id() + "." + format);
    Path json = folder.resolve("." + batch.id() + ".json");
    Path part = folder.resolve("." + batch.id() + ".part");
    try {
      Files.createDirectories(folder);
      List<Map<String, @Nullable Object>> rows = batch.rows().stream().map(FileDestination::row).toList();
      Files.write(json, HttpCalls.json(rows));
      try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:"); Statement statement = duckdb.createStatement()) {
        statement.execute(
            "copy (select * from read_json(" + text(json) + ", format = 'array', columns = {" + columns(rows) + "})) to " + text(part)
                + (format.equals("csv") ? " (format csv, header)" : " (format parquet)"));
      }
      Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return Collections.nCopies(batch.rows().size(), RowResult.Accepted.UNNAMED);
    } catch (IOException | SQLException failure) {
      throw new DeliveryFailure(Advice.GIVE_UP, 0, "FILE", "The file " + whole + " cannot be written: " + failure.getMessage(),
          Optional.empty());
    } finally {
      delete(json);
      delete(part);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException left) {
      file.toFile().deleteOnExit();
    }
  }

  /** The columns with the types that hold all of their values. */
  private static String columns(List<Map<String, @Nullable Object>> rows) {
    List<String> columns = new ArrayList<>();
    for (String name : rows.getFirst().keySet()) {
      List<Object> values = rows.stream().map(row -> row.get(name)).filter(Objects::nonNull).map(Objects::requireNonNull).toList();
      columns.add(text(name) + ": " + text(type(values)));
    }
    return String.join(", ", columns);
  }

  private static String type(List<Object> values) {
    if (values.stream().allMatch(Boolean.class::isInstance) && !values.isEmpty()) {
      return "BOOLEAN";
    }
    if (values.isEmpty() || !values.stream().allMatch(Number.class::isInstance)) {
      return "VARCHAR";
    }
    if (values.stream().anyMatch(Double.class::isInstance)) {
      return "DOUBLE";
    }
    int scale = values.stream().mapToInt(value -> value instanceof BigDecimal decimal ? decimal.scale() : 0).max().orElse(0);
    boolean small = values.stream().allMatch(Long.class::isInstance);
    return small ? "BIGINT" : scale <= 0 ? "HUGEINT" : "DECIMAL(38, " + scale + ")";
  }

  private static Map<String, @Nullable Object> row(Row row) {
    Map<String, @Nullable Object> written = new LinkedHashMap<>();
    written.put("op", row.operation().name().toLowerCase(Locale.ROOT));
    written.putAll(row.keys());
    written.putAll(row.fields());
    return written;
  }

  private static String text(Path path) {
    return text(path.toAbsolutePath().toString());
  }

  private static String text(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
