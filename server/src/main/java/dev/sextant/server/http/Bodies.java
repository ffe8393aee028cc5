// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.http;

import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.server.error.ServerIssue;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads request bodies up to a limit; texts are UTF-8. The media type is not looked at, only one fits each path. */
final class Bodies {
  private static final Pattern CHARSET = Pattern.compile("charset\\s*=\\s*\"?([^\\s;\"]+)");
  private static final char REPLACED = '\uFFFD';
  private static final long MOST_SKIPPED = 64L << 20;

  private Bodies() {}

  static String text(Context context, int limit) throws IOException {
    checkCharset(Optional.ofNullable(context.contentType()));
    byte[] bytes = bytes(context, limit);
    String text = new String(bytes, StandardCharsets.UTF_8);
    return text.indexOf(REPLACED) < 0 ? text : strictly(bytes);
  }

  /** Tells a text that has the sign for what is malformed from one that is. */
  private static String strictly(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException malformed) {
      throw issue(ServerIssue.INVALID_JSON, "The body is not valid UTF-8.");
    }
  }

  static byte[] bytes(Context context, int limit) throws IOException {
    return bytes(context.req().getInputStream(), context.req().getContentLengthLong(), limit);
  }

  private static void checkCharset(Optional<String> contentType) {
    Matcher matcher = CHARSET.matcher(contentType.orElse("").toLowerCase(Locale.ROOT));
    if (matcher.find() && !matcher.group(1).equals("utf-8") && !matcher.group(1).equals("us-ascii")) {
      throw issue(ServerIssue.UNSUPPORTED_MEDIA_TYPE, "Bodies are JSON in UTF-8, not '" + matcher.group(1) + "'.");
    }
  }

  private static byte[] bytes(InputStream in, long announced, int limit) throws IOException {
    byte[] bytes = announced > limit ? new byte[0] : announced >= 0 ? exactly(in, (int) announced) : in.readNBytes(limit + 1);
    if (announced > limit || bytes.length > limit) {
      // Clients often read nothing before all is sent: take what they send for a while, so that they see the answer.
      skip(in);
      throw issue(ServerIssue.BODY_TOO_LARGE, "A body has at most " + limit + " bytes.");
    }
    return bytes;
  }

  /** The server sees to it that there are no more bytes than announced. */
  private static byte[] exactly(InputStream in, int length) throws IOException {
    byte[] bytes = new byte[length];
    int read = in.readNBytes(bytes, 0, length);
    return read == length ? bytes : Arrays.copyOf(bytes, read);
  }

  private static void skip(InputStream in) throws IOException {
    byte[] part = new byte[16 << 10];
    long skipped = 0;
    for (int read = in.read(part); read >= 0 && skipped < MOST_SKIPPED; read = in.read(part)) {
      skipped += read;
    }
  }

  private static SextantException issue(ServerIssue code, String message) {
    return new SextantException(Issue.of(code, Position.NOWHERE, message));
  }
}
