// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.features;

import dev.sextant.server.HttpMount.Content;
import dev.sextant.server.answer.ByteText;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingDeque;

/** Where answers are written, one after the other in the same arrays: to have a new one of their size for each costs as much as to fill it. */
final class AnswerBuffers {
  private static final int MOST = 32;
  private static final int LARGEST = 1 << 20;

  private final LinkedBlockingDeque<ByteText> free = new LinkedBlockingDeque<>(MOST);

  /** A text that is empty; the one used last, as it is the most likely to be in the processor's memory. */
  ByteText take() {
    return Optional.ofNullable(free.pollFirst()).orElseGet(ByteText::new);
  }

  /** What was written, which goes out of the text that it was written to. */
  Content content(ByteText text) {
    int size = text.size();
    return new Content() {
      @Override
      public int size() {
        return size;
      }

      @Override
      public void writeTo(OutputStream out) throws IOException {
        text.drain(out);
        if (size <= LARGEST) {
          var unused = free.offerFirst(text);
        }
      }
    };
  }
}
