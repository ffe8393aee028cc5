// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpRetryException;
import java.net.HttpURLConnection;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** One statement on its way to the server and its answer on the way back; any thread may cancel it. */
public final class Exchange implements AutoCloseable {
  private static final String ARROW = "application/vnd.apache.arrow.stream";
  private static final int MOST_STALE_MILLIS = 2_000;
  private static final int GRACE_SECONDS = 5;
  private static final int UNZIP_BUFFER = 64 << 10;
  private static final int FIRST_PAUSE_MILLIS = 10;
  private static final int LONGEST_PAUSE_MILLIS = 10_000;

  private final Settings settings;
  private final Request request;
  private final int networkMillis;
  private final long started = System.nanoTime();
  private volatile @Nullable HttpURLConnection connection;
  private volatile String queryId;
  private volatile boolean cancelled;
  private volatile boolean over;

  /** Prepares to send; {@code networkMillis} is how long to wait for bytes, 0 for ever. */
  public Exchange(Settings settings, Request request, int networkMillis) {
    this.settings = settings;
    this.request = request;
    this.networkMillis = networkMillis;
    this.queryId = request.queryId();
  }

  /** Sends the statement and returns the answer's bytes once it begins; throws what the server says went wrong. */
  public InputStream open() throws SQLException {
    try {
      try {
        return send();
      } catch (IOException broken) {
        if (!isStale(broken)) {
          throw broken;
        }
        queryId = request.queryId() + "-again";
        return send();
      }
    } catch (IOException broken) {
      over = true;
      throw explain(broken);
    } catch (SQLException refused) {
      check(); // a cancel closes the connection, perhaps while the refusal is being read
      throw refused;
    }
  }

  /**
   * Whether a kept connection turned out to be closed. HttpURLConnection would send such requests twice by itself, in cases where the first
   * one runs, too; with a body of fixed length it does not.
   */
  private boolean isStale(IOException broken) {
    boolean quick = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started) < MOST_STALE_MILLIS;
    return quick && !cancelled && broken.getClass().equals(SocketException.class);
  }

  private InputStream send() throws IOException, SQLException {
    byte[] body = request.body().getBytes(StandardCharsets.UTF_8);
    HttpURLConnection http = Http.open(settings, "/v1/sql", "POST");
    connection = http;
    if (cancelled) {
      throw new IOException("cancelled");
    }
    http.setRequestProperty("Content-Type", "application/json");
    http.setRequestProperty("Accept", ARROW);
    http.setRequestProperty("Accept-Encoding", settings.gzip() ? "gzip" : "identity");
    http.setRequestProperty("Sextant-Query-Id", queryId);
    if (request.timeoutSeconds() > 0) {
      http.setRequestProperty("Sextant-Timeout", request.timeoutSeconds() + "s");
    }
    http.setReadTimeout(readMillis());
    http.setDoOutput(true);
    http.setFixedLengthStreamingMode(body.length);
    try (OutputStream out = http.getOutputStream()) {
      out.write(body);
    }
    if (cancelled) {
      throw new IOException("cancelled");
    }
    return answer(http);
  }

  /** The server ends a query in time by itself; this is for the day when it cannot. */
  private int readMillis() {
    int byTimeout = request.timeoutSeconds() == 0 ? 0 : (request.timeoutSeconds() + GRACE_SECONDS) * 1000;
    return networkMillis == 0 ? byTimeout : byTimeout == 0 ? networkMillis : Math.min(networkMillis, byTimeout);
  }

  private InputStream answer(HttpURLConnection http) throws IOException, SQLException {
    int status = http.getResponseCode();
    if (status != HttpURLConnection.HTTP_OK) {
      over = true;
      throw refusal(http, status);
    }
    String type = String.valueOf(http.getContentType());
    if (!type.startsWith(ARROW)) {
      over = true;
      http.disconnect();
      throw SqlErrors.of("What answers at " + settings.place() + " sends '" + type + "'; is it a Sextant server?", SqlErrors.NO_CONNECTION);
    }
    boolean zipped = "gzip".equals(http.getContentEncoding());
    return zipped ? new GZIPInputStream(http.getInputStream(), UNZIP_BUFFER) : http.getInputStream();
  }

  private SQLException refusal(HttpURLConnection http, int status) throws IOException {
    String body = Http.text(http.getErrorStream());
    Optional<SQLException> told = SqlErrors.read(body);
    if (told.isPresent()) {
      return told.get();
    }
    if (status == HttpURLConnection.HTTP_UNAUTHORIZED || status == HttpURLConnection.HTTP_FORBIDDEN) {
      return refusedToken(status);
    }
    return SqlErrors.of("What answers at " + settings.place() + " says HTTP " + status + " " + http.getResponseMessage()
        + "; is it a Sextant server?", SqlErrors.NO_CONNECTION);
  }

  private SQLException refusedToken(int status) {
    String help = settings.token().isPresent() ? "check the connection's token" : "the connection has no token; add ?token=.. to its URL";
    return SqlErrors.of("The server at " + settings.place() + " refuses the caller (HTTP " + status + "): " + help + ".", "28000");
  }

  /** What a failure to read the answer means. */
  public SQLException explain(IOException broken) {
    return SqlErrors.caused(meaning(broken), broken);
  }

  private SQLException meaning(IOException broken) {
    if (cancelled) {
      return SqlErrors.of("The statement was cancelled.", SqlErrors.CANCELLED);
    }
    if (broken instanceof HttpRetryException) {
      return refusedToken(((HttpRetryException) broken).responseCode());
    }
    if (connection == null || over) {
      return Unreachable.because(broken, settings);
    }
    return new Inquiry(settings, queryId).reason().orElseGet(() -> {
      boolean late = request.timeoutSeconds() > 0
          && TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started) >= request.timeoutSeconds();
      return late ? SqlErrors.of("The query took longer than " + request.timeoutSeconds() + " s.", SqlErrors.TIMED_OUT)
          : SqlErrors.of("The answer broke off, and what came of it is not all: " + broken.getMessage(), SqlErrors.BROKEN_CONNECTION);
    });
  }

  /** Throws if the statement was cancelled. */
  public void check() throws SQLException {
    if (cancelled) {
      throw SqlErrors.of("The statement was cancelled.", SqlErrors.CANCELLED);
    }
  }

  /** A header of the answer. */
  public Optional<String> header(String name) {
    HttpURLConnection http = connection;
    return http == null ? Optional.empty() : Optional.ofNullable(http.getHeaderField(name));
  }

  /** Stops the statement: the server is told, and whoever reads the answer is woken. */
  public void cancel() {
    cancelled = true;
    HttpURLConnection http = connection;
    if (http == null || over) {
      return;
    }
    new Inquiry(settings, queryId).cancel();
    // Closing may wait for a reader that waits for bytes.
    Thread closer = new Thread(() -> disconnect(http), "sextant-cancel");
    closer.setDaemon(true);
    closer.start();
  }

  /**
   * Closes the connection until its reader has noticed. Once may not do: a reader who is about to read would connect anew by
   * HttpURLConnection's own will, and wait for an answer to nothing.
   */
  private void disconnect(HttpURLConnection http) {
    try {
      for (int pause = FIRST_PAUSE_MILLIS; !over && pause <= LONGEST_PAUSE_MILLIS; pause *= 2) {
        http.disconnect();
        Thread.sleep(pause);
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  /** Notes that the answer was read to its end, so that the connection can be used again. */
  public void finish(InputStream answer) throws IOException {
    over = true;
    answer.transferTo(OutputStream.nullOutputStream());
    answer.close();
  }

  /** Ends the exchange; what was not read is not wanted. */
  @Override
  public void close() {
    HttpURLConnection http = connection;
    if (!over && http != null) {
      over = true;
      http.disconnect();
    }
  }
}
