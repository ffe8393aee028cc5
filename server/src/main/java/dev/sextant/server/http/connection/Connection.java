// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.http.connection;

import io.javalin.http.Context;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;

/** The connection a request came in on. */
public record Connection(EndPoint endPoint) {

  public static Connection of(Context context) {
    EndPoint endPoint = ServletContextRequest.getServletContextRequest(context.req()).getConnectionMetaData().getConnection().getEndPoint();
    return new Connection(endPoint instanceof EndPoint.Wrapper encrypted ? encrypted.unwrap() : endPoint);
  }

  /** Whether nobody waits for the answer any more. */
  public boolean clientHasGone() {
    return endPoint instanceof WatchedEndPoint watched ? watched.clientHasGone() : !endPoint.isOpen();
  }

  /** Breaks the connection off, so that a part of an answer never looks like all of it. */
  public void reset(Throwable cause) {
    if (endPoint instanceof WatchedEndPoint watched) {
      watched.reset(cause);
    } else {
      endPoint.close(cause);
    }
  }
}
