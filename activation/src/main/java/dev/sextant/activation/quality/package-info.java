// SPDX-License-Identifier: Apache-2.0
/** Whether data still is what it was: live features against the distributions of an exported training set. */
@NullMarked
package dev.sextant.activation.quality;

import org.jspecify.annotations.NullMarked;
