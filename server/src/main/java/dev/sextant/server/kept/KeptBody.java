// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.kept;

import dev.sextant.query.EncodedForms;
import dev.sextant.query.QueryResult;
import dev.sextant.server.answer.AnswerFormat;
import dev.sextant.server.answer.AnswerWriter;
import dev.sextant.server.answer.TextForm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * The body of an answer that is kept: {@code shared} is encoded once and the same for everybody, {@code head} and {@code tail} around it are
 * what this request has of its own.
 */
public record KeptBody(Form form, byte[] head, byte[] shared, byte[] tail) {
  private static final byte[] NOTHING = {};

  /** A format, and how it spells wide numbers. */
  public record Form(AnswerFormat format, TextForm numbers) {

    /** What bodies of this form are kept under. */
    String key() {
      return switch (format) {
        case ARROW, CSV -> format.name();
        case JSON, NDJSON -> format.name() + "/" + numbers.name();
      };
    }

    /** Returns a writer of this form. */
    public AnswerWriter writer(OutputStream out) {
      return format.writer(out, numbers);
    }

    /** Only an Arrow stream tells in front of its rows how it came about; all others do behind them, or not at all. */
    private boolean tellsInFront() {
      return format == AnswerFormat.ARROW;
    }
  }

  /** The body of an answer of which nothing was read; nothing where it is too large to be kept, or somebody else is making it just now. */
  public static Optional<KeptBody> of(QueryResult result, EncodedForms forms, Form form) throws IOException {
    Optional<byte[]> shared = forms.find(form.key());
    if (shared.isEmpty() && forms.claim(form.key())) {
      shared = encoded(result, forms, form);
      shared.ifPresent(bytes -> forms.keep(form.key(), bytes));
    }
    return shared.isEmpty() ? Optional.empty()
        : Optional.of(new KeptBody(form, head(result, form), shared.get(), tail(result, forms, form)));
  }

  private static Optional<byte[]> encoded(QueryResult result, EncodedForms forms, Form form) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    AnswerWriter writer = form.writer(bytes);
    writer.begin(result);
    if (form.tellsInFront()) {
      bytes.reset();
    }
    while (bytes.size() <= forms.mostBytes() && result.loadNext()) {
      writer.batch(result.root());
    }
    writer.endRows(result.facts());
    forms.rewind();
    return bytes.size() <= forms.mostBytes() ? Optional.of(bytes.toByteArray()) : Optional.empty();
  }

  private static byte[] head(QueryResult result, Form form) throws IOException {
    if (!form.tellsInFront()) {
      return NOTHING;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    form.writer(bytes).begin(result);
    return bytes.toByteArray();
  }

  /** What has nothing of its request in it is the same each time. */
  private static byte[] tail(QueryResult result, EncodedForms forms, Form form) throws IOException {
    if (!result.facts().queryId().isEmpty()) {
      return tail(result, form);
    }
    String key = form.key() + "+tail";
    Optional<byte[]> kept = forms.find(key);
    byte[] tail = kept.isPresent() ? kept.get() : tail(result, form);
    if (kept.isEmpty()) {
      forms.keep(key, tail);
    }
    return tail;
  }

  private static byte[] tail(QueryResult result, Form form) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    form.writer(bytes).end(result.facts());
    return bytes.toByteArray();
  }

  public long length() {
    return (long) head.length + shared.length + tail.length;
  }

  public void writeTo(OutputStream out) throws IOException {
    for (byte[] part : List.of(head, shared, tail)) {
      if (part.length > 0) { // a response that has its whole length takes no more, not even nothing
        out.write(part);
      }
    }
  }
}
