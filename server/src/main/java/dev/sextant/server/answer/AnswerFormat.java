// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.answer;

import java.io.OutputStream;

/** The forms an answer comes in. */
public enum AnswerFormat {
  JSON("application/json"), ARROW("application/vnd.apache.arrow.stream"), CSV("text/csv"), NDJSON("application/x-ndjson");

  private final String mediaType;

  AnswerFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  public String mediaType() {
    return mediaType;
  }

  /** The media type with what a client must know to read it. */
  public String contentType() {
    return switch (this) {
      case JSON, ARROW, NDJSON -> mediaType;
      case CSV -> mediaType + "; charset=utf-8; header=present";
    };
  }

  /** Returns a writer of this form; {@code json} says how the JSON forms spell wide numbers. */
  public AnswerWriter writer(OutputStream out, TextForm json) {
    return switch (this) {
      case JSON -> new JsonAnswer(out, json);
      case ARROW -> new ArrowAnswer(out);
      case CSV -> new CsvAnswer(out);
      case NDJSON -> new NdjsonAnswer(out, json);
    };
  }
}
