// SPDX-License-Identifier: Apache-2.0
/** Rollups: what tables a definition means, what a branch needs, which table fits it and why others do not. */
@NullMarked
package dev.sextant.query.rollup;

import org.jspecify.annotations.NullMarked;
