// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.testing;

import dev.sextant.query.QueryControl;
import dev.sextant.server.Door;
import dev.sextant.server.HttpMount;
import dev.sextant.server.ServerConfig;
import dev.sextant.server.avatica.AvaticaMount;
import dev.sextant.server.features.FeatureApi;
import dev.sextant.server.graphql.GraphqlMount;
import dev.sextant.server.http.HttpDoor;
import dev.sextant.server.ops.Operations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** An HTTP door on a free port with fakes behind it, and a client. */
public final class RunningDoor implements AutoCloseable {
  private final FakeEngine engine = new FakeEngine();
  private final FakeBackend backend = new FakeBackend(engine);
  private final Operations operations = Operations.start(InstantSource.system());
  private final BufferAllocator allocator = new RootAllocator();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Door door;

  public RunningDoor(ServerConfig config) {
    List<HttpMount> mounts = new ArrayList<>(
        List.of(new GraphqlMount(backend, operations, () -> config), new AvaticaMount(backend, operations, () -> config)));
    mounts.addAll(FeatureApi.mounts(backend));
    door = new HttpDoor(backend, operations, InstantSource.system(), mounts);
    door.open(() -> config.withHttpPort(0));
  }

  public RunningDoor() {
    this(ServerConfig.DEFAULT);
  }

  public FakeEngine engine() {
    return engine;
  }

  public FakeBackend backend() {
    return backend;
  }

  public Operations operations() {
    return operations;
  }

  public BufferAllocator allocator() {
    return allocator;
  }

  public Door door() {
    return door;
  }

  public HttpClient client() {
    return client;
  }

  /** All queries from now on return {@code rows} rows. */
  public void answerRows(long rows) {
    engine.answer((query, control) -> rows(control, rows));
  }

  public FakeResult rows(QueryControl control, long rows) {
    return new FakeResult(allocator, control, rows);
  }

  public URI uri(String path) {
    return URI.create("http://localhost:" + door.port() + path);
  }

  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path));
  }

  public HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public HttpResponse<String> get(String path) {
    return send(request(path).build());
  }

  public HttpResponse<String> post(String path, String body) {
    return send(request(path).POST(BodyPublishers.ofString(body)).build());
  }

  public HttpResponse<String> query(String accept, String body) {
    return send(request("/v1/query").header("Accept", accept).POST(BodyPublishers.ofString(body)).build());
  }

  @Override
  public void close() {
    client.shutdownNow();
    door.close();
    operations.close();
    allocator.close();
  }
}
