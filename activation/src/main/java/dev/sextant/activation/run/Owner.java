// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.run;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Who works on runs: {@code host:pid:start}, so that others on the same host can tell whether the process is still there. */
public final class Owner {
  private static final String HOST = host();

  private Owner() {}

  /** The name of this process. */
  public static String here() {
    ProcessHandle self = ProcessHandle.current();
    return HOST + ":" + self.pid() + ":" + started(self);
  }

  /** Whether the owner was a process of this host that has ended. */
  static boolean isGone(String owner) {
    String[] parts = owner.split(":", -1);
    if (parts.length != 3 || !parts[0].equals(HOST)) {
      return false;
    }
    return ProcessHandle.of(Long.parseLong(parts[1])).filter(process -> process.isAlive() && started(process).equals(parts[2])).isEmpty();
  }

  private static String started(ProcessHandle process) {
    return process.info().startInstant().map(instant -> String.valueOf(instant.toEpochMilli())).orElse("0");
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName().replace(':', '_');
    } catch (UnknownHostException unknown) {
      return "localhost";
    }
  }
}
