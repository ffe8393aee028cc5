// SPDX-License-Identifier: Apache-2.0
/** Exports: the rows of saved queries as tables and views of the warehouse, or as files; written beside and swapped whole. */
@NullMarked
package dev.sextant.activation.export;

import org.jspecify.annotations.NullMarked;
