// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.feature;

import dev.sextant.activation.FeatureVersion;
import dev.sextant.activation.FeatureVersion.Key;
import dev.sextant.activation.OnlineStore;
import dev.sextant.activation.OnlineStore.Entry;
import dev.sextant.model.DataType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static dev.sextant.activation.feature.Rows.NOON;
import static dev.sextant.activation.feature.Rows.key;
import static dev.sextant.activation.feature.Rows.packed;
import static dev.sextant.activation.feature.Rows.read;
import static dev.sextant.activation.feature.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;

/** What every online store does. */
abstract class OnlineStoreContract {
  private static final FeatureVersion CUSTOMERS = Rows.version("00000000000000a1", "customers", key("customer", DataType.BIGINT));
  private static final Key ANYTHING = key("thing", DataType.STRING);

  private OnlineStore store;

  abstract OnlineStore open();

  @BeforeEach
  void begin() {
    store = open();
    store.begin(CUSTOMERS);
  }

  @AfterEach
  void end() {
    store.close();
  }

  private long write(FeatureVersion version, byte[] key, byte[] row) {
    return store.write(version, List.of(new Entry(key, row)));
  }

  @Test
  void aNewerRowWinsWhicheverComesFirst() {
    byte[] key = packed(CUSTOMERS, 7);
    byte[] now = row(CUSTOMERS, NOON, NOON, "hi");
    byte[] hourAgo = row(CUSTOMERS, NOON.minus(Duration.ofHours(1)), NOON.plusSeconds(5), "bye");
    assertThat(write(CUSTOMERS, key, now)).isEqualTo(1);
    assertThat(write(CUSTOMERS, key, hourAgo)).isZero();
    assertThat(read(store, CUSTOMERS, key)).contains("hi");
    assertThat(write(CUSTOMERS, key, row(CUSTOMERS, NOON.plusSeconds(1), NOON, "LATEST"))).isEqualTo(1);
    assertThat(read(store, CUSTOMERS, key)).contains("LATEST");
  }

  @Test
  void aCorrectionOfTheSameEventTimeReplacesWhatWasFoundOutEarlier() {
    byte[] key = packed(CUSTOMERS, 7);
    write(CUSTOMERS, key, row(CUSTOMERS, NOON, NOON, "first"));
    write(CUSTOMERS, key, row(CUSTOMERS, NOON, NOON.plusSeconds(9), "corrected"));
    write(CUSTOMERS, key, row(CUSTOMERS, NOON, NOON.plusSeconds(4), "an earlier correction, late"));
    assertThat(read(store, CUSTOMERS, key)).contains("corrected");
  }

  @Test
  void noKeysHaveNoRows() {
    assertThat(store.read(CUSTOMERS, List.of())).isEmpty();
  }

  @Test
  void timesBefore1970AreOlderThanTimesAfter() {
    byte[] key = packed(CUSTOMERS, 7);
    write(CUSTOMERS, key, row(CUSTOMERS, Instant.parse("1970-01-01T00:00:00.000001Z"), NOON, "after"));
    write(CUSTOMERS, key, row(CUSTOMERS, Instant.parse("1969-12-31T23:59:59.999999Z"), NOON, "before"));
    assertThat(read(store, CUSTOMERS, key)).contains("after");
  }

  @Test
  void theNewestOfSeveralRowsOfAKeyInOneWriteStays() {
    byte[] key = packed(CUSTOMERS, 7);
    long written = store.write(CUSTOMERS, List.of(new Entry(key, row(CUSTOMERS, NOON, NOON, "a")),
        new Entry(key, row(CUSTOMERS, NOON.plusSeconds(2), NOON, "c")), new Entry(key, row(CUSTOMERS, NOON.plusSeconds(1), NOON, "b"))));
    assertThat(written).isEqualTo(2);
    assertThat(read(store, CUSTOMERS, key)).contains("c");
  }

  @Test
  void whoeverWritesAtTheSameTimeTheNewestRowStays() throws Exception {
    int writers = 4;
    int rows = 60;
    byte[] key = packed(CUSTOMERS, 7);
    List<Thread> threads = new ArrayList<>();
    CountDownLatch go = new CountDownLatch(1);
    for (int writer = 0; writer < writers; writer++) {
      List<Integer> seconds = new ArrayList<>();
      for (int i = writer; i < writers * rows; i += writers) {
        seconds.add(i);
      }
      Collections.shuffle(seconds, new Random(writer));
      threads.add(Thread.ofPlatform().start(() -> {
        try {
          go.await();
        } catch (InterruptedException stopped) {
          throw new IllegalStateException(stopped);
        }
        seconds.forEach(second -> write(CUSTOMERS, key, row(CUSTOMERS, NOON.plusSeconds(second), NOON, "row " + second)));
      }));
    }
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(read(store, CUSTOMERS, key)).contains("row " + (writers * rows - 1));
  }

  @Test
  void compositeAndTypedKeysNeverCollide() {
    FeatureVersion pairs = Rows.version("00000000000000a2", "pairs", key("a", DataType.BIGINT), key("b", DataType.BIGINT));
    FeatureVersion texts = Rows.version("00000000000000a3", "texts", key("a", DataType.STRING), key("b", DataType.STRING));
    store.begin(pairs);
    store.begin(texts);
    write(pairs, packed(pairs, 1, 23), row(pairs, NOON, NOON, "1, 23"));
    write(pairs, packed(pairs, 12, 3), row(pairs, NOON, NOON, "12, 3"));
    write(texts, packed(texts, "1", "23"), row(texts, NOON, NOON, "'1', '23'"));
    assertThat(read(store, pairs, packed(pairs, 1, 23))).contains("1, 23");
    assertThat(read(store, pairs, packed(pairs, 12, 3))).contains("12, 3");
    assertThat(read(store, texts, packed(texts, "12", "3"))).isEmpty();
    assertThat(read(store, texts, packed(texts, "1", "23"))).contains("'1', '23'");
    FeatureVersion one = Rows.version("00000000000000a4", "one", ANYTHING);
    assertThat(packed(CUSTOMERS, 1)).isNotEqualTo(packed(one, "1"));
  }

  @Test
  void manyKeysAreReadInTheirOrder() {
    for (int i = 0; i < 50; i += 2) {
      write(CUSTOMERS, packed(CUSTOMERS, i), row(CUSTOMERS, NOON, NOON, "row " + i));
    }
    List<byte[]> keys = new ArrayList<>();
    for (int i = 49; i >= 0; i--) {
      keys.add(packed(CUSTOMERS, i));
    }
    byte[][] rows = store.read(CUSTOMERS, keys);
    assertThat(rows.length).isEqualTo(50);
    for (int i = 0; i < 50; i++) {
      assertThat(rows[i].length > 0).as("key " + (49 - i)).isEqualTo((49 - i) % 2 == 0);
    }
  }

  @Test
  void aVersionIsServedOnceItIsCommittedAndTheOldOneUntilThen() {
    FeatureVersion next = new FeatureVersion("00000000000000b2", "customers", CUSTOMERS.keys(), CUSTOMERS.features(), NOON.plusSeconds(60),
        Optional.empty());
    assertThat(store.serving("customers")).isEmpty();
    store.commit(CUSTOMERS.upTo(NOON));
    store.begin(next);
    write(CUSTOMERS, packed(CUSTOMERS, 1), row(CUSTOMERS, NOON, NOON, "old"));
    write(next, packed(next, 1), row(next, NOON, NOON, "new"));
    assertThat(store.serving("customers")).contains(CUSTOMERS.upTo(NOON));
    assertThat(store.versions("customers")).extracting(FeatureVersion::id).containsExactly(next.id(), CUSTOMERS.id());
    store.commit(next.upTo(NOON.plusSeconds(90)));
    assertThat(store.serving("customers")).contains(next.upTo(NOON.plusSeconds(90)));
    assertThat(read(store, CUSTOMERS, packed(CUSTOMERS, 1))).contains("old");
    store.drop(CUSTOMERS);
    assertThat(store.versions("customers")).extracting(FeatureVersion::id).containsExactly(next.id());
    assertThat(read(store, CUSTOMERS, packed(CUSTOMERS, 1))).isEmpty();
    assertThat(read(store, next, packed(next, 1))).contains("new");
  }

  @Test
  void aSweepTakesWhatAWholeRunNoLongerFoundAndLeavesWhatWasPushed() {
    write(CUSTOMERS, packed(CUSTOMERS, 1), row(CUSTOMERS, NOON, NOON, "vanished"));
    write(CUSTOMERS, packed(CUSTOMERS, 2), row(CUSTOMERS, NOON.plusSeconds(1), NOON, "found again"));
    write(CUSTOMERS, packed(CUSTOMERS, 3), row(CUSTOMERS, NOON, NOON, Optional.empty(), "pushed"));
    assertThat(store.sweep(CUSTOMERS, NOON.plusSeconds(1))).isEqualTo(1);
    assertThat(read(store, CUSTOMERS, packed(CUSTOMERS, 1))).isEmpty();
    assertThat(read(store, CUSTOMERS, packed(CUSTOMERS, 2))).contains("found again");
    assertThat(read(store, CUSTOMERS, packed(CUSTOMERS, 3))).contains("pushed");
  }

  @Test
  void erasingAnEntityRemovesItFromEveryViewThatKnowsIt() {
    FeatureVersion visits = Rows.version("00000000000000a5", "visits", key("page", DataType.STRING), key("customer", DataType.BIGINT));
    FeatureVersion pages = Rows.version("00000000000000a6", "pages", key("page", DataType.STRING));
    store.begin(visits);
    store.begin(pages);
    write(CUSTOMERS, packed(CUSTOMERS, 7), row(CUSTOMERS, NOON, NOON, "x"));
    write(CUSTOMERS, packed(CUSTOMERS, 70), row(CUSTOMERS, NOON, NOON, "stays"));
    write(visits, packed(visits, "a", 7), row(visits, NOON, NOON, "x"));
    write(visits, packed(visits, "7", 8), row(visits, NOON, NOON, "stays"));
    write(pages, packed(pages, "7"), row(pages, NOON, NOON, "stays"));
    assertThat(store.erase("customer", List.of("7"))).isEqualTo(2);
    assertThat(read(store, CUSTOMERS, packed(CUSTOMERS, 7))).isEmpty();
    assertThat(read(store, CUSTOMERS, packed(CUSTOMERS, 70))).contains("stays");
    assertThat(read(store, visits, packed(visits, "a", 7))).isEmpty();
    assertThat(read(store, visits, packed(visits, "7", 8))).contains("stays");
    assertThat(read(store, pages, packed(pages, "7"))).contains("stays");
  }
}
