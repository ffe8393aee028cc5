// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class NativesBesideTest {
  private static final String HERE = NativesBeside.libraryOf(System.getProperty("os.name"), System.getProperty("os.arch"));

  @TempDir private Path folder;

  @Test
  void theLibraryOfThisMachineLiesBesideItsJarAndTheOthersStay() throws IOException {
    Path jar = jarWith("org/duckdb/DuckDBDriver.class", HERE, "libduckdb_java.so_plan9_amd64");

    NativesBeside.main(new String[] {folder.toString()});
    NativesBeside.main(new String[] {folder.toString()});

    assertThat(folder.resolve(HERE)).hasContent(HERE);
    assertThat(names(jar)).containsExactlyInAnyOrder("org/duckdb/DuckDBDriver.class", "libduckdb_java.so_plan9_amd64");
  }

  @Test
  void theDriverItselfHasALibraryOfThatName() {
    assertThat(org.duckdb.DuckDBDriver.class.getResource("/" + HERE)).isNotNull();
  }

  private Path jarWith(String... entries) throws IOException {
    Path jar = folder.resolve("duckdb_jdbc-1.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (String entry : entries) {
        zip.putNextEntry(new ZipEntry(entry));
        zip.write(entry.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }
    }
    return jar;
  }

  private static List<String> names(Path jar) throws IOException {
    List<String> names = new ArrayList<>();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements();) {
        names.add(entries.nextElement().getName());
      }
    }
    return names;
  }
}
