// SPDX-License-Identifier: Apache-2.0
/** GraphQL over HTTP without a model. */
@NullMarked
package dev.sextant.server.graphqlhttp;

import org.jspecify.annotations.NullMarked;
