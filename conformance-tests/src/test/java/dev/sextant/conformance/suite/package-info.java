// SPDX-License-Identifier: Apache-2.0
/** Cases with answers that live outside this repository. */
@NullMarked
package dev.sextant.conformance.suite;

import org.jspecify.annotations.NullMarked;
