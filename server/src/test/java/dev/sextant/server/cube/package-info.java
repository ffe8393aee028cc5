// SPDX-License-Identifier: Apache-2.0
/** Tests of Cube's interface. */
@NullMarked
package dev.sextant.server.cube;

import org.jspecify.annotations.NullMarked;
