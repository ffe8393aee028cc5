// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.training;

import dev.sextant.activation.TrainingManifest.FileEntry;
import dev.sextant.activation.run.Hashes;
import dev.sextant.activation.scratch.ArrowFile;
import dev.sextant.activation.scratch.Sql;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes a file for each split, its rows in order. */
final class ExportFiles {
  private ExportFiles() {}

  static List<FileEntry> write(ExportRows rows, Map<String, Long> splits, Path folder) throws IOException {
    String format = rows.layout().set().format();
    List<FileEntry> files = new ArrayList<>();
    for (Map.Entry<String, Long> split : splits.entrySet()) {
      String name = split.getKey() + "." + format;
      Path file = folder.resolve(name);
      String columns = rows.types().keySet().stream().map(Sql::name).collect(Collectors.joining(", "));
      String select = "select " + columns + " from " + ExportRows.TABLE + " where " + Sql.name(ExportRows.SPLIT) + " = "
          + Sql.text(split.getKey()) + " order by " + Sql.name(ExportRows.ROW);
      if (format.equals("arrow")) {
        ArrowFile.write(rows.tables(), select, file);
      } else {
        rows.tables().run("copy (" + select + ") to " + Sql.text(file.toString()) + " (format parquet, compression zstd)");
      }
      flush(file);
      files.add(new FileEntry(name, format, split.getKey(), split.getValue(), Files.size(file), Hashes.sha256(file)));
    }
    return files;
  }

  /** Waits until a file, or the names in a folder, are on the disk. */
  static void flush(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
