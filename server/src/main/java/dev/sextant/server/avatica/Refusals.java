// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.avatica;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.query.QueryIssue;
import dev.sextant.server.error.ErrorTable;
import dev.sextant.server.error.Failures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.calcite.avatica.AvaticaSeverity;
import org.apache.calcite.avatica.NoSuchConnectionException;
import org.apache.calcite.avatica.remote.Handler.HandlerResponse;
import org.apache.calcite.avatica.remote.ProtobufTranslation;
import org.apache.calcite.avatica.remote.Service.ErrorResponse;
import org.apache.calcite.avatica.remote.Service.RpcMetadataResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what went wrong with a request, without stack traces. The protocol's clients read errors under status 500 only. */
final class Refusals {
  private static final Logger LOG = LoggerFactory.getLogger("dev.sextant.avatica");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final RpcMetadataResponse SERVER = new RpcMetadataResponse("Sextant");
  private static final int STATUS = 500;

  private String outcome = "ok";

  /** How the request went: {@code ok}, or the code of the first error. */
  String outcome() {
    return outcome;
  }

  HandlerResponse<String> json(Exception failure) {
    try {
      return new HandlerResponse<>(JSON.writeValueAsString(response(failure)), STATUS);
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  HandlerResponse<byte[]> protobuf(Exception failure, ProtobufTranslation translation) {
    try {
      return new HandlerResponse<>(translation.serializeResponse(response(failure)), STATUS);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private ErrorResponse response(Exception failure) {
    if (failure instanceof NoSuchConnectionException) {
      outcome = "NO_CONNECTION";
      return error("The connection is not open any more.", ErrorResponse.MISSING_CONNECTION_ERROR_CODE, "08003");
    }
    if (failure instanceof IOException) {
      outcome = "BAD_REQUEST";
      return error("The request is not one of Avatica's.", ErrorResponse.UNKNOWN_ERROR_CODE, "08P01");
    }
    List<Issue> issues = Failures.issues(failure);
    if (!(failure instanceof SextantException)) {
      LOG.atError().setCause(failure).log("A fault of our own");
    }
    Issue first = issues.getFirst();
    outcome = first.code().name();
    return error(text(first), ErrorResponse.UNKNOWN_ERROR_CODE, ErrorTable.row(first.code()).sqlState());
  }

  private static String text(Issue issue) {
    Position position = issue.position();
    String where = position.equals(Position.NOWHERE) || issue.code().equals(QueryIssue.INTERNAL) ? ""
        : " (line " + position.line() + ", column " + position.column() + ")";
    return issue.code().name() + ": " + issue.message() + where;
  }

  private static ErrorResponse error(String message, int code, String sqlState) {
    return new ErrorResponse(List.of(), message, code, sqlState, AvaticaSeverity.ERROR, SERVER);
  }
}
