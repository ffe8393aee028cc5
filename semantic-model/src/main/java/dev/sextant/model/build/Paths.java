// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.build;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes relative paths among settings absolute: they are relative to the project, not to where a server was started. */
final class Paths {
  private static final List<String> NAMES = List.of("path", "file", "directory", "folder");
  private static final Pattern FILE_URL = Pattern.compile("(jdbc:(?:sqlite|duckdb):)([^:?].*)");
  private static final String IN_MEMORY = ":memory:";

  private final Path folder;

  Paths(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  Map<String, String> absolute(Map<String, String> settings) {
    Map<String, String> absolute = new LinkedHashMap<>();
    settings.forEach((key, value) -> absolute.put(key, value(key, value)));
    return absolute;
  }

  private String value(String key, String value) {
    String last = key.substring(key.lastIndexOf('.') + 1);
    if (NAMES.stream().anyMatch(name -> last.equals(name) || last.endsWith("_" + name))) {
      return path(value);
    }
    Matcher url = FILE_URL.matcher(value);
    return last.equals("url") && url.matches() ? url.group(1) + path(url.group(2)) : value;
  }

  private String path(String value) {
    return value.isBlank() || value.startsWith(IN_MEMORY) || value.contains("://") ? value : folder.resolve(value).normalize().toString();
  }
}
