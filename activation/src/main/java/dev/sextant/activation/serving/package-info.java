// SPDX-License-Identifier: Apache-2.0
/** Serving features: what a caller may see of a stored view, its rows, pushes, and what is known about a key; the front door to features. */
@NullMarked
package dev.sextant.activation.serving;

import org.jspecify.annotations.NullMarked;
