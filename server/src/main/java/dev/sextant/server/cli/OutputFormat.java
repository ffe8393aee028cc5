// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cli;

import dev.sextant.server.answer.AnswerFormat;
import dev.sextant.server.answer.AnswerWriter;
import dev.sextant.server.answer.TableAnswer;
import dev.sextant.server.answer.TextForm;
import java.io.OutputStream;

/** How a command prints an answer. */
enum OutputFormat {
  TABLE, CSV, JSON, NDJSON, ARROW;

  AnswerWriter writer(OutputStream out) {
    return switch (this) {
      case TABLE -> new TableAnswer(out, Terminal.width());
      case CSV -> AnswerFormat.CSV.writer(out, TextForm.JSON);
      case JSON -> AnswerFormat.JSON.writer(out, TextForm.JSON);
      case NDJSON -> AnswerFormat.NDJSON.writer(out, TextForm.JSON);
      case ARROW -> AnswerFormat.ARROW.writer(out, TextForm.JSON);
    };
  }
}
