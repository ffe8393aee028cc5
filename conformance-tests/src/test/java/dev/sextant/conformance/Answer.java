// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance;

import dev.sextant.model.Position;
import java.util.List;

/** What a door answers. */
public sealed interface Answer {

  /** The rows asked for. */
  record Rows(Table table) implements Answer {}

  /** A typed error, with everything that is wrong. */
  record Refusal(List<Complaint> complaints) implements Answer {
    public Refusal {
      complaints = List.copyOf(complaints);
    }
  }

  /** One thing that is wrong, as the door tells it; without a message where its words are not the engine's. */
  record Complaint(String code, String message, Position position) {}
}
