// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation;

import dev.sextant.model.Sync;
import java.util.List;
import java.util.Optional;

/** All of one kind that the model of the moment defines: their names, when they run, and how. */
public interface ActivitySource {

  RunKind kind();

  List<Wish> wishes();

  Optional<Activity> find(String name);

  /** Removes what is remembered of an entity; tells in one sentence each what is gone. */
  default List<String> erase(Erasure erasure) {
    return List.of();
  }

  /** Something that can be run, and when it should be. */
  record Wish(String name, Sync.Schedule schedule) {}

  /** The entity to forget: its name and the parts of its key as texts. */
  record Erasure(String entity, List<String> key) {
    public Erasure {
      key = List.copyOf(key);
    }
  }
}
