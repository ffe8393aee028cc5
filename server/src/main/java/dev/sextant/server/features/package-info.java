// SPDX-License-Identifier: Apache-2.0
/** Stored features over HTTP: asked for, pushed and explained, in our form and in Feast's; and what other doors need to serve them. */
@NullMarked
package dev.sextant.server.features;

import org.jspecify.annotations.NullMarked;
