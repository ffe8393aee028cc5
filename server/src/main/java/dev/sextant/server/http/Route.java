// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.http;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;

/** A method and a path, and what answers there. */
record Route(HandlerType method, String path, Work work) {

  /** Answers one request; whatever it throws becomes an error answer. */
  interface Work {
    void answer(Context context) throws Exception;
  }

  static Route get(String path, Work work) {
    return new Route(HandlerType.GET, path, work);
  }

  static Route post(String path, Work work) {
    return new Route(HandlerType.POST, path, work);
  }

  static Route delete(String path, Work work) {
    return new Route(HandlerType.DELETE, path, work);
  }
}
