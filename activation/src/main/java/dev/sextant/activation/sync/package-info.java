// SPDX-License-Identifier: Apache-2.0
/** Syncs: find what changed since the destination last acknowledged it, and deliver that. */
@NullMarked
package dev.sextant.activation.sync;

import org.jspecify.annotations.NullMarked;
