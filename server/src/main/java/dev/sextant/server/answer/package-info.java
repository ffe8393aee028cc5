// SPDX-License-Identifier: Apache-2.0
/** Answers as bytes: JSON, CSV, NDJSON and Arrow, written batch by batch from Arrow vectors. */
@NullMarked
package dev.sextant.server.answer;

import org.jspecify.annotations.NullMarked;
