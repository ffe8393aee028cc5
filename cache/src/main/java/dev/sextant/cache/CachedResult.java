// SPDX-License-Identifier: Apache-2.0
package dev.sextant.cache;

import dev.sextant.query.ResultSchema;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
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
  private final String tag;
  private final Map<String, byte[]> forms = new ConcurrentHashMap<>();
  private final AtomicLong formBytes = new AtomicLong();
  private int leases = 1;

  /** {@code asOf} is when the warehouse was asked; {@code notes} go with every answer. */
  public CachedResult(ResultSchema schema, Schema arrow, List<ArrowRecordBatch> batches, BufferAllocator memory, Instant asOf,
      Map<String, String> notes, String tag) {
    this.schema = schema;
    this.arrow = arrow;
    this.batches = List.copyOf(batches);
    this.memory = memory;
    this.asOf = asOf;
    this.notes = Collections.unmodifiableMap(new LinkedHashMap<>(notes));
    this.rows = batches.stream().mapToLong(ArrowRecordBatch::getLength).sum();
    this.bytes = batches.stream().mapToLong(ArrowRecordBatch::computeBodyLength).sum();
    this.tag = tag;
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

  /** What it weighs: its batches and the bodies made of them. */
  public long bytes() {
    return bytes + formBytes.get();
  }

  /** What no other answer has: the same tag means the same rows. */
  public String tag() {
    return tag;
  }

  /** Bodies made from these rows, by form; {@link #keep} adds to them. */
  public Map<String, byte[]> forms() {
    return Collections.unmodifiableMap(forms);
  }

  /** Keeps a body beside the rows. */
  public void keep(String form, byte[] body) {
    if (forms.putIfAbsent(form, body) == null) {
      formBytes.addAndGet(body.length);
    }
  }
}
