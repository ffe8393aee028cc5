// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.feature;

import dev.sextant.activation.FeatureIssue;
import dev.sextant.activation.OnlineStore;
import dev.sextant.model.Project;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The online stores of a project, each opened when it is first needed: {@code local}, a RocksDB beside {@code sextant.yml}, and {@code redis},
 * whose address is {@code online.redis} there.
 */
public final class OnlineStores implements AutoCloseable {
  private static final String LOCAL = "local";
  private static final String REDIS = "redis";
  private static final String ADDRESS = "online.redis";

  private final Project project;
  private final boolean readOnly;
  private final Map<String, OnlineStore> open = new LinkedHashMap<>();
  private boolean closed;

  /** The stores of a project; {@code readOnly} looks at what a local one holds right now, though another process has it open. */
  public OnlineStores(Project project, boolean readOnly) {
    this.project = project;
    this.readOnly = readOnly;
  }

  /** The folder of a project's local store. */
  public static Path folder(Project project) {
    return project.folder().resolve(".sextant").resolve("online");
  }

  /** Whether a store is there without being made. */
  public boolean exists(String name) {
    return !name.equals(LOCAL) || Files.isDirectory(folder(project));
  }

  /** Gives a store by the name feature views have for it. */
  public synchronized OnlineStore store(String name) {
    if (closed) {
      throw FeatureIssue.ONLINE_STORE.because("The online stores are closed.");
    }
    OnlineStore known = open.get(name);
    if (known == null) {
      known = open(name);
      open.put(name, known);
    }
    return known;
  }

  private OnlineStore open(String name) {
    return switch (name) {
      case LOCAL -> new RocksOnlineStore(readOnly ? RocksFiles.readOnly(folder(project)) : RocksFiles.open(folder(project)));
      case REDIS -> new RedisOnlineStore(
          Optional.ofNullable(project.settings().get(ADDRESS))
              .orElseThrow(() -> FeatureIssue.ONLINE_STORE_CONFIG.because(
                  "Store 'redis' needs " + ADDRESS + " in sextant.yml, such as redis://localhost:6379.")),
          project.name());
      default -> throw FeatureIssue.ONLINE_STORE_CONFIG.because(
          "There is no online store '" + name + "'; stores are " + List.of(LOCAL, REDIS) + ".");
    };
  }

  /** Removes an entity from every store that exists; {@code key} holds the parts of its key as text. Returns how many rows went. */
  public long erase(String entity, List<String> key) {
    long erased = 0;
    if (Files.isDirectory(folder(project))) {
      erased += store(LOCAL).erase(entity, key);
    }
    if (project.settings().containsKey(ADDRESS)) {
      erased += store(REDIS).erase(entity, key);
    }
    return erased;
  }

  @Override
  public synchronized void close() {
    closed = true;
    open.values().forEach(OnlineStore::close);
    open.clear();
  }
}
