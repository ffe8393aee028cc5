// SPDX-License-Identifier: Apache-2.0
/** The GraphQL door: a typed schema over the model, where selecting fields is the group-by. */
@NullMarked
package dev.sextant.server.graphql;

import org.jspecify.annotations.NullMarked;
