// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.kept;

import dev.sextant.query.EncodedForms;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * A kept body, compressed: the shared part is deflated once and kept, what a request has of its own stands around it in blocks that are stored
 * as they are. All of it is one member, because not every client reads on after the first.
 */
public record Gzipped(KeptBody body, byte[] deflated, int checksum) {
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
  private static final int LONGEST_STORED = 0xffff;
  private static final int BLOCK_FRAME = 5;
  private static final int TRAILER = 8;

  /** Compresses a body, or finds its shared part compressed already. */
  public static Gzipped of(KeptBody body, EncodedForms forms) {
    String key = body.form().key() + "+gzip";
    Optional<byte[]> kept = forms.find(key);
    byte[] bytes = kept.orElseGet(() -> deflated(body.shared()));
    if (kept.isEmpty() && forms.claim(key)) {
      forms.keep(key, bytes);
    }
    return new Gzipped(body, bytes, ByteBuffer.wrap(bytes).getInt(bytes.length - Integer.BYTES));
  }

  /** The blocks, none of which is the last one, and the checksum of what they hold. */
  private static byte[] deflated(byte[] plain) {
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length / 4 + BLOCK_FRAME);
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, deflater, LONGEST_STORED, true)) {
      out.write(plain);
      out.flush();
      byte[] blocks = bytes.toByteArray();
      return ByteBuffer.allocate(blocks.length + Integer.BYTES).put(blocks).putInt(checksum(plain)).array();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    } finally {
      deflater.end();
    }
  }

  private static int checksum(byte[] bytes) {
    CRC32 checksum = new CRC32();
    checksum.update(bytes);
    return (int) checksum.getValue();
  }

  public long length() {
    return HEADER.length + stored(body.head().length) + deflated.length - Integer.BYTES + stored(body.tail().length) + BLOCK_FRAME
        + TRAILER;
  }

  private static long stored(int length) {
    return length + (long) BLOCK_FRAME * ((length + LONGEST_STORED - 1) / LONGEST_STORED);
  }

  public void writeTo(OutputStream out) throws IOException {
    out.write(HEADER);
    store(body.head(), out);
    out.write(deflated, 0, deflated.length - Integer.BYTES);
    store(body.tail(), out);
    out.write(block(0, true));
    int shared = Checksums.joined(checksum(body.head()), checksum, body.shared().length);
    out.write(ByteBuffer.allocate(TRAILER)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(Checksums.joined(shared, checksum(body.tail()), body.tail().length))
        .putInt((int) body.length())
        .array());
  }

  private static void store(byte[] bytes, OutputStream out) throws IOException {
    for (int from = 0; from < bytes.length; from += LONGEST_STORED) {
      int length = Math.min(LONGEST_STORED, bytes.length - from);
      out.write(block(length, false));
      out.write(bytes, from, length);
    }
  }

  private static byte[] block(int length, boolean last) {
    return new byte[] {(byte) (last ? 1 : 0), (byte) length, (byte) (length >>> 8), (byte) ~length, (byte) (~length >>> 8)};
  }
}
