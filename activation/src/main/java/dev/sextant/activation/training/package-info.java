// SPDX-License-Identifier: Apache-2.0
/** Point-in-time exports: features of labelled rows in files with a manifest, split and checked before anybody sees them. */
@NullMarked
package dev.sextant.activation.training;

import org.jspecify.annotations.NullMarked;
