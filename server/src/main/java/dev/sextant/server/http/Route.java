// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.http;

import dev.sextant.server.Backend;
import dev.sextant.server.auth.Administrators;
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

  /** The same for administrators only; {@code deed} is what others are told they may not. */
  Route forAdministrators(Backend backend, String deed) {
    return new Route(method, path, context -> {
      Administrators.check(Callers.of(context), backend, deed);
      work.answer(context);
    });
  }
}
