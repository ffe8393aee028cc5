// SPDX-License-Identifier: Apache-2.0
/** Tests of the assembled module. */
@NullMarked
package dev.sextant.query.engine;

import org.jspecify.annotations.NullMarked;
