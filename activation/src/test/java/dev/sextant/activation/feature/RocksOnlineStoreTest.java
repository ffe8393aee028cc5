// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.feature;

import dev.sextant.activation.FeatureVersion;
import dev.sextant.activation.OnlineStore;
import dev.sextant.model.DataType;
import dev.sextant.model.SextantException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.sextant.activation.feature.Rows.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The local store. */
class RocksOnlineStoreTest extends OnlineStoreContract {
  private static final FeatureVersion VERSION = Rows.version("00000000000000c1", "v", Rows.key("customer", DataType.BIGINT));

  @TempDir private Path folder;

  @Override
  OnlineStore open() {
    return new RocksOnlineStore(RocksFiles.open(folder.resolve("online")));
  }

  @Test
  void whatWasWrittenIsThereAfterAnotherStart() {
    Path other = folder.resolve("other");
    byte[] key = Rows.packed(VERSION, 7);
    try (OnlineStore store = new RocksOnlineStore(RocksFiles.open(other))) {
      store.begin(VERSION);
      store.write(VERSION, List.of(new OnlineStore.Entry(key, Rows.row(VERSION, NOON, NOON, "kept"))));
      store.commit(VERSION.upTo(NOON));
    }
    try (OnlineStore store = new RocksOnlineStore(RocksFiles.readOnly(other))) {
      assertThat(store.serving("v")).contains(VERSION.upTo(NOON));
      assertThat(Rows.read(store, VERSION, key)).contains("kept");
    }
  }

  @Test
  void aSecondProcessIsToldWhoHasItOpen() {
    assertThatThrownBy(() -> RocksFiles.open(folder.resolve("online"))).isInstanceOf(SextantException.class)
        .hasMessageContaining("is open in another process");
  }

  @Test
  void aClosedStoreRefusesInsteadOfCrashing() {
    OnlineStore store = new RocksOnlineStore(RocksFiles.open(folder.resolve("third")));
    store.close();
    store.close();
    assertThatThrownBy(() -> store.read(VERSION, List.of(Rows.packed(VERSION, 1)))).isInstanceOf(SextantException.class)
        .hasMessageContaining("closed");
  }
}
