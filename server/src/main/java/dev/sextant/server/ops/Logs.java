// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.ops;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets logging up in code, which is quicker than reading a configuration file: lines go to standard error, ours from INFO on, those of
 * libraries from WARN on.
 */
public final class Logs extends ContextAwareBase implements Configurator {
  /** Called by logback before the first line is logged. */
  @Override
  public ExecutionStatus configure(LoggerContext context) {
    apply(context, LogForm.TEXT, Level.WARN);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /** Logs in the given form, our own lines from INFO on. */
  public static void use(LogForm form) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      apply(context, form, Level.INFO);
    }
  }

  private static void apply(LoggerContext context, LogForm form, Level ours) {
    context.reset();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setTarget("System.err");
    appender.setEncoder(encoder(context, form));
    appender.start();
    context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
    context.getLogger("dev.sextant").setLevel(ours);
    context.getLogger("io.javalin").setLevel(Level.OFF); // it says again what its exceptions say
    context.getLogger("org.apache.hc.client5.http").setLevel(Level.OFF); // it repeats headers, with tokens
  }

  private static Encoder<ILoggingEvent> encoder(LoggerContext context, LogForm form) {
    Encoder<ILoggingEvent> encoder = switch (form) {
      case TEXT -> new TextLines();
      case JSON -> new JsonLines();
    };
    encoder.setContext(context);
    encoder.start();
    return encoder;
  }
}
