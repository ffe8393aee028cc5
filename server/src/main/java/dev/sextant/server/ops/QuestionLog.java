// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.ops;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.QueryFacts;
import dev.sextant.server.ask.MetricQueryToJson;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * Writes each answered metric query as one line of JSON: {@code at}, {@code query} as {@code POST /v1/query} takes it, {@code rows}, {@code ms},
 * and what came from the {@code cache} or a {@code rollup}. The file is named by {@code server.query_log}; it and its four predecessors have at most 20 MB each.
 */
public final class QuestionLog implements AutoCloseable {
  private static final String SETTING = "server.query_log";
  private static final FileSize LARGEST = FileSize.valueOf("20MB");
  private static final int PREDECESSORS = 4;

  private final LoggerContext context = new LoggerContext();
  private final Logger lines = context.getLogger("questions");
  private final InstantSource clock;

  QuestionLog(Path file, InstantSource clock) {
    this.clock = clock;
    context.setMDCAdapter(new LogbackMDCAdapter()); // without one every line fails
    RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
    appender.setContext(context);
    appender.setFile(file.toString());
    appender.setEncoder(encoder());
    FixedWindowRollingPolicy naming = new FixedWindowRollingPolicy();
    naming.setContext(context);
    naming.setParent(appender);
    naming.setFileNamePattern(predecessor(file, "%i"));
    naming.setMaxIndex(PREDECESSORS);
    naming.start();
    SizeBasedTriggeringPolicy<ILoggingEvent> size = new SizeBasedTriggeringPolicy<>();
    size.setContext(context);
    size.setMaxFileSize(LARGEST);
    size.start();
    appender.setRollingPolicy(naming);
    appender.setTriggeringPolicy(size);
    appender.start();
    lines.setLevel(Level.INFO);
    lines.addAppender(appender);
  }

  /** The log that a project's settings ask for. */
  public static Optional<QuestionLog> of(Path folder, Map<String, String> settings, InstantSource clock) {
    return file(folder, settings).map(file -> new QuestionLog(file, clock));
  }

  /** Where the log is, if the settings ask for one; a relative name starts in the project's folder. */
  public static Optional<Path> file(Path folder, Map<String, String> settings) {
    return Optional.ofNullable(settings.get(SETTING)).map(folder::resolve);
  }

  static String predecessor(Path file, String number) {
    return file + "." + number;
  }

  private PatternLayoutEncoder encoder() {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%msg%n");
    encoder.start();
    return encoder;
  }

  void answered(MetricQuery query, QueryFacts facts, long rows, Duration took) {
    ObjectNode line = JsonNodeFactory.instance.objectNode().put("at", clock.instant().toString());
    line.set("query", MetricQueryToJson.write(query));
    line.put("rows", rows).put("ms", took.toNanos() / 1_000 / 1_000.0);
    Optional.ofNullable(facts.notes().get("cache")).ifPresent(how -> line.put("cache", how));
    Optional.ofNullable(facts.notes().get("rollup")).ifPresent(names -> line.put("rollup", names));
    lines.info(line.toString());
  }

  @Override
  public void close() {
    context.stop();
  }
}
