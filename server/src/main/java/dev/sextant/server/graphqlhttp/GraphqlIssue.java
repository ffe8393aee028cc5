// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.graphqlhttp;

import dev.sextant.model.ErrorKind;
import dev.sextant.model.IssueCode;

/** What can be wrong with a GraphQL document before it is a question; the codes are stable. */
public enum GraphqlIssue implements IssueCode {
  GRAPHQL_SYNTAX, GRAPHQL_VALIDATION, GRAPHQL_TOO_DEEP, GRAPHQL_TOO_COMPLEX, GRAPHQL_TOO_MANY_ALIASES, GRAPHQL_TOO_MANY_QUERIES,
  /** A document is named by its hash and was not sent before. */
  PERSISTED_QUERY_NOT_FOUND, PERSISTED_QUERY_MISMATCH;

  @Override
  public ErrorKind kind() {
    return ErrorKind.USER;
  }
}
