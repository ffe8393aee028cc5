// SPDX-License-Identifier: Apache-2.0
/** The nouns and seams of runs: what is built, moved or checked, and the state of it. */
@NullMarked
package dev.sextant.activation;

import org.jspecify.annotations.NullMarked;
