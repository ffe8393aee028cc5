// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import javax.net.ssl.SSLException;

/** Says why a server did not answer. */
final class Unreachable {

  private Unreachable() {}

  static SQLException because(IOException broken, Settings settings) {
    String place = settings.place();
    if (broken instanceof UnknownHostException) {
      return SqlErrors.of("There is no host called '" + broken.getMessage() + "'; check the connection's URL.", SqlErrors.NO_CONNECTION);
    }
    if (broken instanceof ConnectException || broken instanceof NoRouteToHostException) {
      return SqlErrors.of("Nothing answers at " + place + " (" + broken.getMessage() + "); does the server run there?",
          SqlErrors.NO_CONNECTION);
    }
    if (broken instanceof SocketTimeoutException) {
      boolean connecting = String.valueOf(broken.getMessage()).toLowerCase(java.util.Locale.ROOT).contains("connect");
      return connecting ? SqlErrors.of("No connection to " + place + " within " + settings.seconds(Setting.CONNECT_TIMEOUT) + " s.",
          SqlErrors.NO_CONNECTION) : SqlErrors.of("The server at " + place + " was silent for too long.", SqlErrors.TIMED_OUT);
    }
    if (broken instanceof SSLException) {
      String help = settings.ssl() ? "does the server speak TLS, and does this JVM trust its certificate?" : "";
      return SqlErrors.of("No secure connection to " + place + ": " + broken.getMessage() + "; " + help, SqlErrors.NO_CONNECTION);
    }
    return SqlErrors.of("The connection to " + place + " broke: " + broken.getMessage() + ".", SqlErrors.BROKEN_CONNECTION);
  }
}
