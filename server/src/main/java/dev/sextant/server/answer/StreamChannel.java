// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.answer;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Writes buffers into a stream through one array. */
final class StreamChannel implements WritableByteChannel {
  private static final int PART = 64 << 10;

  private final OutputStream out;
  private byte[] part = new byte[4 << 10];

  StreamChannel(OutputStream out) {
    this.out = out;
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    int written = source.remaining();
    if (source.hasArray()) {
      out.write(source.array(), source.arrayOffset() + source.position(), written);
      source.position(source.limit());
      return written;
    }
    if (written > part.length && part.length < PART) {
      part = new byte[PART];
    }
    while (source.hasRemaining()) {
      int length = Math.min(part.length, source.remaining());
      source.get(part, 0, length);
      out.write(part, 0, length);
    }
    return written;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {
    // The stream belongs to whoever opened it; closing it would complete an answer.
  }
}
