// SPDX-License-Identifier: Apache-2.0
/** Where syncs deliver to: one provider a file, each on its documented contract. */
@NullMarked
package dev.sextant.activation.sync.destination;

import org.jspecify.annotations.NullMarked;
