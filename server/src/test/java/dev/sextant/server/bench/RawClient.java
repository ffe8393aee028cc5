// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One kept-alive connection that sends the same request again and again; cheaper than an HTTP client, so that the server is what is measured. */
final class RawClient implements AutoCloseable {
  private static final byte[] LENGTH = "content-length: ".getBytes(StandardCharsets.US_ASCII);

  private final Socket socket;
  private final InputStream in;
  private final byte[] request;

  RawClient(int port, String path, String body) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream(), 64 << 10);
    request = ("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
        + "\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII);
  }

  /** Sends the request and reads the answer; returns the length of its body. */
  int exchange() throws IOException {
    socket.getOutputStream().write(request);
    int length = -1;
    int matched = 0;
    int lineLength = 0;
    while (true) {
      int each = in.read();
      if (each < 0) {
        throw new IOException("the connection ended");
      }
      if (each == '\n') {
        if (lineLength == 0) {
          break;
        }
        lineLength = 0;
        matched = 0;
      } else if (each != '\r') {
        if (matched == LENGTH.length) {
          length = Math.max(0, length) * 10 + each - '0';
        } else if (matched == lineLength && Character.toLowerCase(each) == LENGTH[matched]) {
          matched++;
        }
        lineLength++;
      }
    }
    in.skipNBytes(length);
    return length;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
