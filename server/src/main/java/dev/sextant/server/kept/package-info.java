// SPDX-License-Identifier: Apache-2.0
/** Bodies of answers that are kept: encoded once, sent to everybody who asks the same. */
@NullMarked
package dev.sextant.server.kept;

import org.jspecify.annotations.NullMarked;
