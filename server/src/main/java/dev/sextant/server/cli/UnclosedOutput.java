// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** An output that outlives the streams around it. */
final class UnclosedOutput extends FilterOutputStream {

  UnclosedOutput(OutputStream out) {
    super(out);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
  }

  @Override
  public void close() throws IOException {
    flush();
  }
}
