// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.run;

import com.zaxxer.hikari.HikariDataSource;
import dev.sextant.activation.ActivationIssue;
import dev.sextant.activation.Run;
import dev.sextant.activation.RunKind;
import dev.sextant.activation.RunStore;
import dev.sextant.activation.SyncLedger;
import dev.sextant.activation.SyncLedger.Entry;
import dev.sextant.activation.SyncLedger.Packet;
import dev.sextant.model.SextantException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What destinations acknowledged, in either database. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class SyncLedgerTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @Parameter private TestDatabase database = TestDatabase.SQLITE;
  @TempDir private Path folder;
  private HikariDataSource source;
  private RunStore store;
  private SyncLedger ledger;
  private Run run;

  @BeforeEach
  void open() {
    source = database.open(folder);
    store = new SqlRunStore(source);
    ledger = new SqlSyncLedger(source, InstantSource.fixed(NOON));
    run = store.begin(Run.Wanted.now(new Run.Target(RunKind.SYNC, "crm"), Run.Trigger.MANUAL, NOON), "elsewhere:1:1", NOON).orElseThrow();
  }

  @AfterEach
  void close() {
    source.close();
  }

  private static Entry entry(int key, int payload) {
    return new Entry(0, BigInteger.TWO.pow(120).add(BigInteger.valueOf(key)), "[" + key + "]", BigInteger.valueOf(payload),
        Optional.of("r" + key),
        false);
  }

  @Test
  void entriesAreReadInTheOrderOfTheirVersions() {
    ledger.settle(run.id(), "crm", List.of(entry(1, 10), entry(2, 20), entry(3, 30)));
    ledger.settle(run.id(), "crm", List.of(entry(2, 21)));
    assertThat(ledger.version("crm")).isEqualTo(4);
    assertThat(ledger.after("crm", 0, 10)).extracting(entry -> entry.version() + entry.key() + entry.payloadHash())
        .containsExactly("1[1]10", "3[3]30", "4[2]21");
    assertThat(ledger.after("crm", 1, 1)).extracting(Entry::keyHash).containsExactly(BigInteger.TWO.pow(120).add(BigInteger.valueOf(3)));
    assertThat(ledger.after("other", 0, 10)).isEmpty();
  }

  @Test
  void aBatchIsInFlightUntilItIsSettled() {
    assertThat(ledger.inFlight("crm")).isEmpty();
    ledger.announce(run.id(), "crm", new Packet("d", 7, new byte[] {1, 2}));
    ledger.announce(run.id(), "crm", new Packet("d", 8, new byte[] {3}));
    assertThat(ledger.inFlight("crm")).hasValueSatisfying(packet -> {
      assertThat(packet.salt()).isEqualTo(8);
      assertThat(packet.content()).containsExactly(3);
    });
    ledger.settle(run.id(), "crm", List.of());
    assertThat(ledger.inFlight("crm")).isEmpty();
  }

  @Test
  void aRunThatLostItsLeaseWritesNothing() {
    ledger.settle(run.id(), "crm", List.of(entry(1, 10)));
    store.bury(Optional.empty(), Duration.ofSeconds(30), NOON.plusSeconds(60));
    assertThat(refusal(() -> ledger.settle(run.id(), "crm", List.of(entry(2, 20))))).isEqualTo(ActivationIssue.RUN_LOST);
    assertThat(refusal(() -> ledger.announce(run.id(), "crm", new Packet("d", 1, new byte[0])))).isEqualTo(ActivationIssue.RUN_LOST);
    assertThat(ledger.after("crm", 0, 10)).extracting(Entry::key).containsExactly("[1]");
  }

  @Test
  void erasingMakesCopiesWorthless() {
    ledger.settle(run.id(), "crm", List.of(entry(1, 10), entry(2, 20)));
    ledger.announce(run.id(), "crm", new Packet("d", 1, new byte[] {1}));
    String before = ledger.identity("crm");
    assertThat(ledger.erase("crm", "[1]"::equals)).isEqualTo(1);
    assertThat(ledger.identity("crm")).isNotEqualTo(before).isEqualTo(ledger.identity("crm"));
    assertThat(ledger.after("crm", 0, 10)).extracting(Entry::key).containsExactly("[2]");
    assertThat(ledger.inFlight("crm")).isEmpty();
  }

  @Test
  void whoeverUsesACredentialWaitsUntilTheLatestInstantThatWasAsked() {
    assertThat(ledger.waitsUntil("c")).isBefore(NOON);
    ledger.makeWait("c", NOON.plusSeconds(30));
    ledger.makeWait("c", NOON.plusSeconds(10));
    ledger.makeWait("d", NOON.plusSeconds(5));
    assertThat(new SqlSyncLedger(source, InstantSource.system()).waitsUntil("c")).isEqualTo(NOON.plusSeconds(30));
    ledger.makeWait("c", NOON.plusSeconds(40));
    assertThat(ledger.waitsUntil("c")).isEqualTo(NOON.plusSeconds(40));
    new SqlSyncLedger(source, InstantSource.fixed(NOON.plusSeconds(41))).makeWait("d", NOON.plusSeconds(50));
    assertThat(ledger.waitsUntil("c")).as("what is over is forgotten").isBefore(NOON);
  }

  private static Object refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
    return catchThrowableOfType(SextantException.class, work).issue().code();
  }
}
