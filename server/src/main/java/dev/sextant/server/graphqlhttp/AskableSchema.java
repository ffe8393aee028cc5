// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.graphqlhttp;

import graphql.GraphQL;
import graphql.schema.GraphQLSchema;

/** A schema and what runs documents against it. */
public interface AskableSchema {

  GraphQLSchema schema();

  GraphQL graphql();
}
