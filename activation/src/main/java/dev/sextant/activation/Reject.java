// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation;

/** A row that did not arrive: its key as a JSON array, what was tried, the provider's status (0 for none), its code and words, and how often. */
public record Reject(String key, String operation, int status, String code, String message, int attempts) {}
