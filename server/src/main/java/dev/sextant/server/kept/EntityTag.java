// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.kept;

import io.javalin.http.Context;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.HexFormat;

/** What stands for the bytes of an answer: the same tag means the same bytes, whenever and by whichever server they were made. */
record EntityTag(String text) {
  private static final int LENGTH = 16;

  static EntityTag of(KeptBody body, boolean gzip) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(body.form().format().mediaType().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      digest.update(body.head());
      digest.update(body.shared());
      digest.update(body.tail());
      return new EntityTag("\"" + HexFormat.of().formatHex(Arrays.copyOf(digest.digest(), LENGTH)) + (gzip ? "-gzip\"" : "\""));
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  /** Sets the tag, and says whether the client has these bytes already. */
  boolean answers(Context context) {
    context.res().setHeader("ETag", text);
    Enumeration<String> headers = context.req().getHeaders("If-None-Match");
    while (headers.hasMoreElements()) {
      for (String tag : headers.nextElement().split(",")) {
        String known = tag.strip();
        if (known.equals("*") || known.equals(text) || known.equals("W/" + text)) {
          return true;
        }
      }
    }
    return false;
  }
}
