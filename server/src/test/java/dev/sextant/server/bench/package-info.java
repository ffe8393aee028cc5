// SPDX-License-Identifier: Apache-2.0
/** Measures, run by hand; each prints ratios of things that ran in turns on the same machine. */
@NullMarked
package dev.sextant.server.bench;

import org.jspecify.annotations.NullMarked;
