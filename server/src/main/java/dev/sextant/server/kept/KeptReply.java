// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.kept;

import dev.sextant.query.EncodedForms;
import dev.sextant.query.QueryResult;
import dev.sextant.server.ops.RunningQuery;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * Sends answers that are kept, from bytes that are kept, too. What was asked with GET says nothing of the request in its body, so that equal
 * answers are equal bytes and clients may ask whether theirs still is the same.
 */
public final class KeptReply {
  private static final int WORTH_COMPRESSING = 1024;

  private KeptReply() {}

  /** Sends an answer of which nothing was read; false, with nothing sent, where its body is not kept. */
  public static boolean send(Context context, QueryResult result, KeptBody.Form form, RunningQuery query, boolean mayCompress)
      throws IOException {
    boolean shared = !context.req().getMethod().equals("POST");
    Optional<EncodedForms> forms = result.encodedForms();
    if (shared) {
      SharedAnswer.tell(context, result.facts());
    }
    if (forms.isEmpty() || !shared && !forms.get().servedBefore()) {
      return false;
    }
    Optional<KeptBody> body = KeptBody.of(shared ? SharedAnswer.of(result) : result, forms.get(), form);
    if (body.isEmpty()) {
      return false;
    }
    query.control().check();
    boolean gzip = body.get().length() >= WORTH_COMPRESSING && mayCompress;
    if (shared && EntityTag.of(body.get(), forms.get(), gzip).answers(context)) {
      context.res().setStatus(304);
      return true;
    }
    query.addRows(forms.get().rows());
    write(context, body.get(), forms.get(), gzip);
    return true;
  }

  /** What an answer depends on beside its URL. Nobody keeps what POST was answered with, so there callers need not be named. */
  public static String vary(Context context) {
    return context.req().getMethod().equals("POST") ? "Accept, Accept-Encoding, Origin" : "Accept, Accept-Encoding, Authorization, Origin";
  }

  private static void write(Context context, KeptBody body, EncodedForms forms, boolean gzip) throws IOException {
    context.res().setContentType(body.form().format().contentType());
    context.res().setHeader("Vary", vary(context));
    if (!gzip) {
      context.res().setContentLengthLong(body.length());
      body.writeTo(context.res().getOutputStream());
      return;
    }
    Gzipped zipped = Gzipped.of(body, forms);
    context.res().setHeader("Content-Encoding", "gzip");
    context.res().setContentLengthLong(zipped.length());
    OutputStream out = context.res().getOutputStream();
    zipped.writeTo(out);
  }
}
