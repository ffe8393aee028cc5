// SPDX-License-Identifier: Apache-2.0
/** Random metric queries whose answers the oracle knows. */
@NullMarked
package dev.sextant.conformance.property;

import org.jspecify.annotations.NullMarked;
