// SPDX-License-Identifier: Apache-2.0
/** What went wrong, in the words of every door: one table from error kinds to statuses. */
@NullMarked
package dev.sextant.server.error;

import org.jspecify.annotations.NullMarked;
