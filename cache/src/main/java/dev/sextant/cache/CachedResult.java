// SPDX-License-Identifier: Apache-2.0
package dev.sextant.cache;

import dev.sextant.query.ResultSchema;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A whole answer, as Arrow batches that never change. Its memory is counted by leases: whoever holds one may read; with the last one the memory
 * goes. It is made with one lease.
 */
public final class CachedResult {
  private final ResultSchema schema;
  private final Schema arrow;
  private final List<ArrowRecordBatch> batches;
  private final BufferAllocator memory;
  private final Instant asOf;
  private final Map<String, String> notes;
  private final long rows;
  private final long bytes;
  private final Map<String, byte[]> forms = new ConcurrentHashMap<>();
  private final Set<String> claimed = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean served = new AtomicBoolean();
  private final AtomicLong formBytes = new AtomicLong();
  private int leases = 1;

  /** {@code asOf} is when the warehouse was asked; {@code notes} go with every answer. */
  public CachedResult(ResultSchema schema, Schema arrow, List<ArrowRecordBatch> batches, BufferAllocator memory, Instant asOf,
      Map<String, String> notes) {
    this.schema = schema;
    this.arrow = arrow;
    this.batches = List.copyOf(batches);
    this.memory = memory;
    this.asOf = asOf;
    this.notes = Collections.unmodifiableMap(new LinkedHashMap<>(notes));
    this.rows = batches.stream().mapToLong(ArrowRecordBatch::getLength).sum();
    this.bytes = batches.stream().mapToLong(ArrowRecordBatch::computeBodyLength).sum();
  }

  /** Takes a lease, false when the memory has gone already. */
  public synchronized boolean retain() {
    if (leases == 0) {
      return false;
    }
    leases++;
    return true;
  }

  /** Gives a lease back. */
  public synchronized void release() {
    leases--;
    if (leases == 0) {
      batches.forEach(ArrowRecordBatch::close);
    }
  }

  /** This answer if it is wanted; else the caller's lease is given back. */
  public Optional<CachedResult> onlyIf(Predicate<CachedResult> wanted) {
    if (wanted.test(this)) {
      return Optional.of(this);
    }
    release();
    return Optional.empty();
  }

  public ResultSchema schema() {
    return schema;
  }

  public Schema arrow() {
    return arrow;
  }

  public List<ArrowRecordBatch> batches() {
    return batches;
  }

  /** The memory the batches are in; readers share it. */
  public BufferAllocator memory() {
    return memory;
  }

  public Instant asOf() {
    return asOf;
  }

  public Map<String, String> notes() {
    return notes;
  }

  public long rows() {
    return rows;
  }

  /** What its batches weigh. */
  public long batchBytes() {
    return bytes;
  }

  /** What it weighs: its batches and the bodies made of them. */
  public long bytes() {
    return bytes + formBytes.get();
  }

  /** Notes that it is served, and says whether it ever was before. */
  public boolean servedBefore() {
    return served.getAndSet(true);
  }

  /** Says once for each form that the caller is to make a body of it. */
  public boolean claim(String form) {
    return claimed.add(form);
  }

  /** A body made from these rows before; not to be changed. */
  public Optional<byte[]> form(String form) {
    return Optional.ofNullable(forms.get(form));
  }

  /** Keeps a body beside the rows. */
  public void keep(String form, byte[] body) {
    if (forms.putIfAbsent(form, body) == null) {
      formBytes.addAndGet(body.length);
    }
  }
}
