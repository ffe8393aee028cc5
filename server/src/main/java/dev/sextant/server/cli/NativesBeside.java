// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/**
 * Takes DuckDB's native library for this machine out of its jar and lays it beside, where the driver looks next. From the jar every start
 * would inflate 70 MB and write them to a temporary file. The launcher runs this over the folder of libraries after a build.
 */
public final class NativesBeside {
  private static final String JARS = "duckdb_jdbc-*.jar";

  private NativesBeside() {}

  public static void main(String[] folders) throws IOException {
    for (String folder : folders) {
      unpack(Path.of(folder), libraryOf(System.getProperty("os.name"), System.getProperty("os.arch")));
    }
  }

  /** What the driver calls its library on an operating system and processor. */
  static String libraryOf(String system, String processor) {
    String os = system.toLowerCase(Locale.ROOT);
    String name = os.startsWith("windows") ? "windows" : os.startsWith("mac") ? "macos" : os;
    return "libduckdb_java.so_" + name + "_" + switch (processor.toLowerCase(Locale.ROOT)) {
      case "x86_64", "amd64" -> "amd64";
      case "aarch64", "arm64" -> "arm64";
      default -> processor;
    };
  }

  /** A jar without the library is left as it is; so the driver finds the library in every case. */
  static void unpack(Path folder, String library) throws IOException {
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, JARS)) {
      for (Path jar : jars) {
        try (FileSystem inside = FileSystems.newFileSystem(jar)) {
          Path packed = inside.getPath("/" + library);
          if (Files.exists(packed)) {
            Path unfinished = folder.resolve(library + ".unfinished");
            Files.copy(packed, unfinished, StandardCopyOption.REPLACE_EXISTING);
            Files.move(unfinished, folder.resolve(library), StandardCopyOption.REPLACE_EXISTING);
            Files.delete(packed);
          }
        }
      }
    }
  }
}
