// SPDX-License-Identifier: Apache-2.0
/** Assembles the module: from a question to its answer, and the explanation of both. */
@NullMarked
package dev.sextant.query.engine;

import org.jspecify.annotations.NullMarked;
