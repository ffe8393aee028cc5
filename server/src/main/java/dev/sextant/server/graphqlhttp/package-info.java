// SPDX-License-Identifier: Apache-2.0
/** GraphQL over HTTP for any schema: requests, limits of documents, errors and the forms of answers. */
@NullMarked
package dev.sextant.server.graphqlhttp;

import org.jspecify.annotations.NullMarked;
