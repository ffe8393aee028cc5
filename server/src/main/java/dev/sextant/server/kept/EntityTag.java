// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.kept;

import dev.sextant.query.EncodedForms;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.Optional;

/** What stands for the bytes of an answer: the same tag means the same bytes, whenever and by whichever server they were made. */
record EntityTag(String text) {
  private static final int LENGTH = 16;

  /** The tag of a body that has nothing of its request in it. */
  static EntityTag of(KeptBody body, EncodedForms forms, boolean gzip) {
    String key = body.form().key() + "+tag";
    Optional<byte[]> kept = forms.find(key);
    byte[] hash = kept.orElseGet(() -> hash(body));
    if (kept.isEmpty()) {
      forms.keep(key, hash);
    }
    return new EntityTag("\"" + new String(hash, StandardCharsets.US_ASCII) + (gzip ? "-gzip\"" : "\""));
  }

  private static byte[] hash(KeptBody body) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(body.form().format().mediaType().getBytes(StandardCharsets.US_ASCII));
      digest.update(body.head());
      digest.update(body.shared());
      digest.update(body.tail());
      return HexFormat.of().formatHex(Arrays.copyOf(digest.digest(), LENGTH)).getBytes(StandardCharsets.US_ASCII);
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
