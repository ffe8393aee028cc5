// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server;

import java.util.function.Supplier;

/** A way in: it listens, asks the {@link Backend} and answers in its own protocol. */
public interface Door extends AutoCloseable {

  /** The name in logs and metrics, such as {@code http}. */
  String name();

  /** Starts listening, as soon as {@code config} says where: it may wait while the door does the rest of its work. */
  void open(Supplier<ServerConfig> config);

  /** The port it listens on, once open. */
  int port();

  /** Refuses new queries from now on and goes on answering those that run. */
  void drain();

  /** Stops listening and breaks off what still runs. */
  @Override
  void close();
}
