// SPDX-License-Identifier: Apache-2.0
/** Cube's REST interface, so that front-ends written for it work unchanged. */
@NullMarked
package dev.sextant.server.cube;

import org.jspecify.annotations.NullMarked;
