// SPDX-License-Identifier: Apache-2.0
/** Which rollups would be worth having for what is asked. */
@NullMarked
package dev.sextant.query.advice;

import org.jspecify.annotations.NullMarked;
