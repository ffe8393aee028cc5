// SPDX-License-Identifier: Apache-2.0
/** The definitions as they are written; the reader, the JSON Schema and the documentation are all made from these records. */
@NullMarked
package dev.sextant.model.yaml.def;

import org.jspecify.annotations.NullMarked;
