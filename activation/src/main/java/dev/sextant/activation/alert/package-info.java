// SPDX-License-Identifier: Apache-2.0
/** Alerts: who is told when runs fail, die, are guarded, reject rows or are missed. */
@NullMarked
package dev.sextant.activation.alert;

import org.jspecify.annotations.NullMarked;
