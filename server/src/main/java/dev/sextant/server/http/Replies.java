// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sextant.server.HttpMount;
import dev.sextant.server.kept.KeptReply;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Sends answers: short ones whole, long ones as a stream, compressed if the client asks for it. */
final class Replies {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int WORTH_COMPRESSING = 1024;

  private Replies() {}

  /** Writes a JSON document. */
  interface Document {
    void write(JsonGenerator out) throws IOException;
  }

  static void json(Context context, int status, Document document) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      document.write(out);
      out.writeRaw('\n');
    }
    send(context, status, "application/json", bytes.toByteArray());
  }

  static void send(Context context, int status, String contentType, byte[] body) throws IOException {
    send(context, status, contentType, HttpMount.Content.of(body));
  }

  static void send(Context context, int status, String contentType, HttpMount.Content body) throws IOException {
    context.res().setStatus(status);
    if (body.size() >= WORTH_COMPRESSING && Accepted.gzip(context)) {
      try (OutputStream out = stream(context, contentType)) {
        body.writeTo(out);
      }
      return;
    }
    context.res().setContentType(contentType);
    if (body.size() >= WORTH_COMPRESSING) {
      context.res().setHeader("Vary", KeptReply.vary(context));
    }
    context.res().setContentLength(body.size());
    body.writeTo(context.res().getOutputStream());
  }

  /** Opens the body of an answer of any length. Closing it completes the answer; it is not committed before it outgrows Jetty's buffer. */
  static OutputStream stream(Context context, String contentType) throws IOException {
    context.res().setContentType(contentType);
    context.res().setHeader("Vary", KeptReply.vary(context));
    OutputStream out = context.res().getOutputStream();
    if (!Accepted.gzip(context)) {
      return out;
    }
    context.res().setHeader("Content-Encoding", "gzip");
    return new GZIPOutputStream(out, 8 << 10) {
      {
        def.setLevel(Deflater.BEST_SPEED);
      }
    };
  }
}
