// SPDX-License-Identifier: Apache-2.0
/** What operators see and do: running queries, deadlines, metrics, logs, health. */
@NullMarked
package dev.sextant.server.ops;

import org.jspecify.annotations.NullMarked;
