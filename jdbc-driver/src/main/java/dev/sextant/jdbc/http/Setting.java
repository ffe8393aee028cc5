// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.http;

import java.util.List;

/** What a connection may be told, in its URL or in its properties. */
public enum Setting {
  TOKEN("token", "", "The token that tells the server who asks.", List.of()),
  USER("user", "", "A name for tools that show one; the server goes by the token.", List.of()),
  PASSWORD("password", "", "Stands for the token in tools that ask for a user and a password only.", List.of()),
  VIEW("view", "", "Show only this view in the lists of tables and columns.", List.of()),
  SSL("ssl", "false", "Whether to connect with TLS.", List.of("false", "true")),
  TIMEOUT("timeout", "0", "Seconds a query may take; 0 leaves it to the server. Statement.setQueryTimeout overrides it.", List.of()),
  CONNECT_TIMEOUT("connect_timeout", "10", "Seconds to wait for a connection; 0 waits for ever.", List.of()),
  NETWORK_TIMEOUT("network_timeout", "0", "Seconds to wait for the next bytes of an answer; 0 waits for ever.", List.of()),
  COMPRESSION("compression", "none", "gzip makes answers smaller and slower: for slow networks only.", List.of("none", "gzip")),
  TIME_ZONE("time_zone", "", "The zone of java.sql.Date, Time and Timestamp values; the JVM's own if absent.", List.of());

  private final String key;
  private final String otherwise;
  private final String description;
  private final List<String> choices;

  Setting(String key, String otherwise, String description, List<String> choices) {
    this.key = key;
    this.otherwise = otherwise;
    this.description = description;
    this.choices = choices;
  }

  /** The name in URLs and properties. */
  public String key() {
    return key;
  }

  /** The value where none is given. */
  public String otherwise() {
    return otherwise;
  }

  public String description() {
    return description;
  }

  /** All values it may have; empty if there are too many to list. */
  public List<String> choices() {
    return choices;
  }
}
