// SPDX-License-Identifier: Apache-2.0
/** The front door: a project's folder becomes a model, once or live. */
@NullMarked
package dev.sextant.model.load;

import org.jspecify.annotations.NullMarked;
