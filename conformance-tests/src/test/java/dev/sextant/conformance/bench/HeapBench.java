// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.bench;

import dev.sextant.server.boot.SextantServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Streams many rows between a server and a client, in processes of their own with small heaps, and prints what both used of them. */
public final class HeapBench {
  private static final String ROWS_READ = "rows read: ";

  private HeapBench() {}

  static void run() throws Exception {
    long rows = Long.getLong("rows", 10_000_000);
    String heap = System.getProperty("heap", "256m");
    Path folder = Files.createTempDirectory("sextant-bench");
    Process server = start(heap, "serve", ManyRows.write(folder, rows).toString());
    try (BufferedReader told = server.inputReader()) {
      String[] ports = awaited(told, "ports: ").split(" ");
      System.out.printf("%nStreaming %,d rows x 5 columns with heaps of %s%n", rows, heap);
      client(heap, "our JDBC driver", "jdbc:sextant://127.0.0.1:" + ports[0] + "/");
      client(heap, "Arrow's Flight SQL JDBC driver", "jdbc:arrow-flight-sql://127.0.0.1:" + ports[1] + "/?useEncryption=false");
      server.outputWriter().append("stop\n").flush();
      System.out.println("  the server: " + awaited(told, "heap: "));
    } finally {
      server.destroyForcibly().waitFor();
      CompileBench.delete(folder);
    }
  }

  private static void client(String heap, String name, String url) throws Exception {
    Process client = start(heap, "read", url);
    try (BufferedReader told = client.inputReader()) {
      System.out.println("  " + name + ": " + awaited(told, ROWS_READ));
    } finally {
      client.destroyForcibly().waitFor();
    }
  }

  private static Process start(String heap, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx" + heap,
        "-XX:+UseSerialGC", "--add-opens=java.base/java.nio=ALL-UNNAMED", "--enable-native-access=ALL-UNNAMED", "-cp",
        System.getProperty("java.class.path"), HeapBench.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  private static String awaited(BufferedReader told, String beginning) throws IOException {
    for (String line = told.readLine(); line != null; line = told.readLine()) {
      if (line.startsWith(beginning)) {
        return line.substring(beginning.length());
      }
    }
    throw new IllegalStateException("a process ended before it said '" + beginning + "'");
  }

  /** The other processes. */
  public static void main(String[] arguments) throws Exception {
    if (arguments[0].equals("serve")) {
      serve(Path.of(arguments[1]));
    } else {
      read(arguments[1]);
    }
    System.exit(0);
  }

  private static void serve(Path folder) throws Exception {
    try (SextantServer server = SextantServer.start(folder, Map.of(),
        config -> config.withHost("127.0.0.1").withHttpPort(0).withFlightPort(0))) {
      System.out.println("ports: " + server.httpPort() + " " + server.flightPort().get());
      while (System.in.read() >= 0 && System.in.available() > 0) {
        continue;
      }
      System.out.println("heap: " + heap());
    }
  }

  private static void read(String url) throws Exception {
    long rows = 0;
    try (Connection connection = DriverManager.getConnection(url); Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("select big, big__made_on, big__customer_name, big__size, big__weight from big")) {
      while (result.next()) {
        rows += result.getString(3).isEmpty() ? 0 : 1;
      }
    }
    System.out.println(ROWS_READ + String.format("%,d", rows) + ", " + heap());
  }

  /** The most that was in use, and the most that was left after a collection. */
  private static String heap() {
    long most = 0;
    long left = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getType() == MemoryType.HEAP) {
        most += pool.getPeakUsage().getUsed();
        left += pool.getCollectionUsage().getUsed();
      }
    }
    return String.format("%d MB at most, %d MB after the last collection", most >> 20, left >> 20);
  }
}
