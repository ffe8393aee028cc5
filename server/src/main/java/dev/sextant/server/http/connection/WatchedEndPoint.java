// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.http.connection;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * A connection that can tell whether its client has gone while nobody reads from it. Jetty does not read while a request is handled, and
 * Java cannot look at a socket without reading; so a look reads, and what a client sent early is kept for Jetty's next read. A client that
 * speaks TLS says goodbye before it goes, so that there may be something to read and the end behind it.
 */
final class WatchedEndPoint extends SocketChannelEndPoint {
  private static final int MOST_EARLY_BYTES = 4096;

  private final SocketChannel channel;
  private ByteBuffer early = BufferUtil.EMPTY_BUFFER;

  WatchedEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
    super(channel, selector, key, scheduler);
    this.channel = channel;
  }

  /** Whether the client has closed the connection, or its sending half. */
  boolean clientHasGone() {
    int read;
    synchronized (this) {
      if (!isOpen()) {
        return true;
      }
      if (early.remaining() == MOST_EARLY_BYTES) {
        return false;
      }
      ByteBuffer buffer = ByteBuffer.allocate(MOST_EARLY_BYTES).put(early);
      try {
        read = channel.read(buffer);
      } catch (IOException broken) {
        return true;
      }
      early = buffer.flip();
    }
    wakeReader();
    return read < 0;
  }

  /** Ends the connection with a reset, so that no client takes what it has for a whole answer, not even one that reads until the end. */
  void reset(Throwable cause) {
    try {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException alreadyClosed) {
      // Then there is nobody left to mislead.
    }
    close(cause);
  }

  /** Reads under the lock of the looks, so that what a look has read stays before what is read here. */
  @Override
  public synchronized int fill(ByteBuffer buffer) throws IOException {
    if (early.hasRemaining()) {
      notIdle();
      return BufferUtil.append(buffer, early);
    }
    return super.fill(buffer);
  }

  /**
   * Only a client that is waited for can be idle. Jetty counts from the last byte, which may be long ago while a request is handled; as the answer
   * is finished it would take the connection for a forgotten one and close it under the client's hands.
   */
  @Override
  protected void onIdleExpired(TimeoutException timeout) {
    if (isFillInterested() || getWriteFlusher().isPending()) {
      super.onIdleExpired(timeout);
    }
  }

  @Override
  protected void needsFillInterest() {
    if (!wakeReader()) {
      super.needsFillInterest();
    }
  }

  /** Tells a reader that waits for bytes when they are here already and the socket will not tell. */
  private boolean wakeReader() {
    boolean hasEarly;
    synchronized (this) {
      hasEarly = early.hasRemaining();
    }
    if (hasEarly && isFillInterested()) {
      getFillInterest().fillable();
    }
    return hasEarly;
  }
}
