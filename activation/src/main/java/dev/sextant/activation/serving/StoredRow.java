// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.serving;

import java.time.Instant;
import java.util.Optional;

/** A row as it is stored: the instant its values are of, when they were found out, the run that wrote it (none if it was pushed), its size. */
public record StoredRow(long asOfMicros, Instant created, Optional<String> run, int bytes) {}
