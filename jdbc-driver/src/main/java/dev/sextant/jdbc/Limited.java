// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Streams of which a parameter takes the beginning. */
final class Limited {

  private Limited() {}

  static @Nullable InputStream stream(@Nullable InputStream in, long length) {
    return in == null ? null : new InputStream() {
      private long left = length;

      @Override
      public int read() throws IOException {
        return left-- > 0 ? in.read() : -1;
      }
    };
  }

  static @Nullable Reader reader(@Nullable Reader in, long length) {
    return in == null ? null : new Reader() {
      private long left = length;

      @Override
      public int read(char[] into, int offset, int count) throws IOException {
        int read = left <= 0 ? -1 : in.read(into, offset, (int) Math.min(count, left));
        left -= Math.max(read, 0);
        return read;
      }

      @Override
      public void close() throws IOException {
        in.close();
      }
    };
  }

  static @Nullable Reader ascii(@Nullable InputStream in) {
    return in == null ? null : new InputStreamReader(in, StandardCharsets.US_ASCII);
  }

  static @Nullable Reader unicode(@Nullable InputStream in) {
    return in == null ? null : new InputStreamReader(in, StandardCharsets.UTF_8);
  }
}
