// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.http.connection;

import dev.sextant.server.ServerConfig;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;

/** Accepts connections whose clients can be watched while their requests are handled; asks where to listen at the last moment. */
public final class WatchedConnector extends ServerConnector {
  private final Supplier<ServerConfig> config;
  private Optional<SslConnectionFactory> tls = Optional.empty();

  public WatchedConnector(Server server, HttpConfiguration configuration, Supplier<ServerConfig> config) {
    super(server, 1, 1, new HttpConnectionFactory(configuration));
    this.config = config;
  }

  @Override
  protected ServerSocketChannel openAcceptChannel() throws IOException {
    setHost(config.get().host());
    setPort(config.get().httpPort());
    tls = config.get().httpTls().map(PemIdentity::of).map(identity -> new SslConnectionFactory(identity, HttpVersion.HTTP_1_1.asString()));
    tls.ifPresent(this::manage);
    return super.openAcceptChannel();
  }

  /** Who connects speaks TLS first where there is an identity to show. */
  @Override
  public ConnectionFactory getDefaultConnectionFactory() {
    return tls.<ConnectionFactory>map(first -> first).orElseGet(super::getDefaultConnectionFactory);
  }

  private void manage(SslConnectionFactory factory) {
    addBean(factory, true);
    try {
      factory.start();
    } catch (Exception unusable) {
      throw new IllegalStateException("TLS does not work", unusable);
    }
  }

  @Override
  protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key) {
    SocketChannelEndPoint endPoint = new WatchedEndPoint(channel, selector, key, getScheduler());
    endPoint.setIdleTimeout(getIdleTimeout());
    return endPoint;
  }
}
