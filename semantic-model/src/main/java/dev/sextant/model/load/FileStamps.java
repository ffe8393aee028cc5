// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.load;

import dev.sextant.model.Issues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a project's files looked like: when they were written, and their sizes. */
record FileStamps(Map<Path, Stamp> files) {

  private record Stamp(FileTime written, long size) {}

  static FileStamps of(Path folder) {
    Map<Path, Stamp> files = new TreeMap<>();
    ProjectFiles.find(folder, new Issues())
        .ifPresent(found -> Stream.concat(found.project().stream(), found.definitions().stream())
            .forEach(file -> files.put(file, stamp(file))));
    return new FileStamps(Collections.unmodifiableMap(files));
  }

  private static Stamp stamp(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(attributes.lastModifiedTime(), attributes.size());
    } catch (IOException e) {
      return new Stamp(FileTime.fromMillis(0), -1);
    }
  }
}
