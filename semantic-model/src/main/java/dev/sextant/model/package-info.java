// SPDX-License-Identifier: Apache-2.0
/** What exists: the nouns of a semantic model, and nothing that acts on them. */
@NullMarked
package dev.sextant.model;

import org.jspecify.annotations.NullMarked;
