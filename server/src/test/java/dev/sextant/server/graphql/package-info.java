// SPDX-License-Identifier: Apache-2.0
/** The GraphQL door over a real engine. */
@NullMarked
package dev.sextant.server.graphql;

import org.jspecify.annotations.NullMarked;
