// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.boot;

import dev.sextant.cache.CachePlace;
import dev.sextant.model.Project;
import dev.sextant.model.WarehouseConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Finds where a project's answers are kept. The same SQL means other rows in another warehouse, so whatever tells warehouses apart is in the
 * name; a database in a file is another one on every machine and in every folder.
 */
final class CachePlaces {
  private static final String FORMAT = "v1-";
  private static final int LENGTH = 12;

  private CachePlaces() {}

  static CachePlace of(Project project) {
    StringBuilder told = new StringBuilder(project.name());
    for (WarehouseConfig warehouse : project.warehouses()) {
      told.append('\n').append(warehouse.name()).append('\n').append(warehouse.type());
      warehouse.options().forEach((key, value) -> told.append('\n').append(key).append('=').append(value));
      warehouse.init().forEach(statement -> told.append('\n').append(statement));
      if (warehouse.type().equals("duckdb")) {
        told.append('\n').append(host()).append('\n').append(project.folder().toAbsolutePath().normalize());
      }
    }
    return new CachePlace(project.folder().resolve(".sextant").resolve("cache"), FORMAT + hash(told.toString()));
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "localhost";
    }
  }

  private static String hash(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(Arrays.copyOf(hash, LENGTH));
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
