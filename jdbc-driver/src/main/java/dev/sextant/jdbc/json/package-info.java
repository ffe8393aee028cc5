// SPDX-License-Identifier: Apache-2.0
/** The little JSON a driver needs: requests it writes, errors it reads. */
@NullMarked
package dev.sextant.jdbc.json;

import org.jspecify.annotations.NullMarked;
