// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.script;

/** A keyword of a query text and what follows it; {@code start} is the offset of {@code text}. */
record Clause(String keyword, String text, int start) {}
