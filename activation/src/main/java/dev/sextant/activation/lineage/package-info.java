// SPDX-License-Identifier: Apache-2.0
/** Lineage: what runs read and write, told as OpenLineage events. */
@NullMarked
package dev.sextant.activation.lineage;

import org.jspecify.annotations.NullMarked;
