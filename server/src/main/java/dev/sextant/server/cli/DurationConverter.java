// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cli;

import dev.sextant.server.ask.Durations;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads options such as {@code --timeout 30s}. */
final class DurationConverter implements ITypeConverter<Duration> {

  @Override
  public Duration convert(String text) {
    return Durations.read(text).orElseThrow(() -> new TypeConversionException("'" + text + "' is not " + Durations.EXPECTED));
  }
}
