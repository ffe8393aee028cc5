// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.http;

import dev.sextant.model.Issue;
import dev.sextant.model.IssueCode;
import dev.sextant.model.Position;
import dev.sextant.query.QueryIssue;
import dev.sextant.server.error.IssueJson;
import dev.sextant.server.error.ServerIssue;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers what Jetty refuses before any route sees it, in the form of all other errors. */
final class JettyErrors extends ErrorHandler {

  @Override
  protected boolean generateAcceptableResponse(Request request, Response response, Callback callback, String contentType,
      List<Charset> charsets, int code, String message, Throwable cause) {
    IssueCode issue = code >= 500 ? QueryIssue.INTERNAL : ServerIssue.BAD_HTTP;
    String told = code >= 500 ? "Something went wrong inside the server." : "The request is not valid HTTP here: " + message + ".";
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.write(true, ByteBuffer.wrap(IssueJson.body(List.of(Issue.of(issue, Position.NOWHERE, told)))), callback);
    return true;
  }
}
