// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server;

import dev.sextant.query.Caller;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A protocol of its own behind one path of the HTTP door. */
public interface HttpMount {

  /** The path, such as {@code /graphql}. */
  String path();

  /** The methods it takes there. */
  default List<String> methods() {
    return List.of("GET", "POST");
  }

  /** Answers a request; what it throws becomes an error answer of the HTTP door. */
  Reply answer(Ask ask) throws IOException;

  /** Reads a request's body, up to the door's limit. */
  interface Body {

    /** The body as UTF-8 text. */
    String text() throws IOException;

    byte[] bytes() throws IOException;
  }

  /** Looks up a header of a request. */
  interface Headers {
    Optional<String> header(String name);
  }

  /** A request: its method, its query parameters, whether anybody still waits for its answer, and who asks. */
  record Ask(String method, Map<String, List<String>> parameters, Headers headers, Body body, BooleanSupplier clientHasGone,
      Caller caller) {}

  /** The bytes of an answer, which are sent once. */
  interface Content {
    int size();

    void writeTo(OutputStream out) throws IOException;

    static Content of(byte[] bytes) {
      return new Content() {
        @Override
        public int size() {
          return bytes.length;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
          out.write(bytes);
        }
      };
    }
  }

  /** A whole answer; {@code outcome} is {@code ok} or the code of its first error, for the meters. */
  record Reply(int status, String contentType, Content body, String outcome) {
    public Reply(int status, String contentType, byte[] body, String outcome) {
      this(status, contentType, Content.of(body), outcome);
    }
  }
}
