// SPDX-License-Identifier: Apache-2.0
/** Scripts: parsed, run through every door, reproduced byte for byte. */
@NullMarked
package dev.sextant.conformance.script;

import org.jspecify.annotations.NullMarked;
