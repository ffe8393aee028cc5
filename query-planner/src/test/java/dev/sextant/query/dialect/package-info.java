// SPDX-License-Identifier: Apache-2.0
/** Tests of the dialects over real databases. */
@NullMarked
package dev.sextant.query.dialect;

import org.jspecify.annotations.NullMarked;
