// SPDX-License-Identifier: Apache-2.0
/** What must hold in a model that is served; one file per rule. */
@NullMarked
package dev.sextant.model.check;

import org.jspecify.annotations.NullMarked;
