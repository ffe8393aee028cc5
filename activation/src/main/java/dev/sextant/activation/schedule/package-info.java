// SPDX-License-Identifier: Apache-2.0
/** When runs begin: by hand, by clock, after others; the front door of activation. */
@NullMarked
package dev.sextant.activation.schedule;

import org.jspecify.annotations.NullMarked;
