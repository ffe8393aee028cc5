// SPDX-License-Identifier: Apache-2.0
/** Clients of other people, run as they are against a server; where they are not installed, tests say so and are skipped. */
@NullMarked
package dev.sextant.conformance.client;

import org.jspecify.annotations.NullMarked;
