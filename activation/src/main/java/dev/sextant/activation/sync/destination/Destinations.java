// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync.destination;

import dev.sextant.activation.Destination;
import dev.sextant.activation.DestinationType;
import dev.sextant.model.DestinationConfig;
import dev.sextant.model.NearestNames;
import dev.sextant.model.Sync;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** Opens a destination by its type: the one list of all that come with Sextant, and those that others add. */
public final class Destinations {
  private static final List<String> TYPES = List.of("webhook", "hubspot", "salesforce", "slack", "braze", "klaviyo", "intercom",
      "google_sheets", "postgres", "duckdb", "csv", "parquet");

  private Destinations() {}

  /** Opens the destination of a sync; relative paths are under the project's folder. An exception names the option that is wrong. */
  public static Destination open(DestinationConfig config, Sync sync, Path folder, InstantSource clock) {
    Options options = new Options(config);
    return switch (config.type()) {
      case "webhook" -> new WebhookDestination(options, clock);
      case "hubspot" -> new HubSpotDestination(options, sync, clock);
      case "slack" -> new SlackDestination(options, sync, clock);
      case "salesforce" -> new SalesforceDestination(options, sync, clock);
      case "braze" -> new BrazeDestination(options, sync, clock);
      case "klaviyo" -> new KlaviyoDestination(options, sync, clock);
      case "intercom" -> new IntercomDestination(options, sync, clock);
      case "google_sheets" -> new SheetsDestination(options, sync, clock);
      case "postgres", "duckdb" -> TableDestination.open(options, sync, folder);
      case "csv", "parquet" -> new FileDestination(options, sync, folder);
      default -> added(config.type()).map(type -> type.open(config, sync, folder, clock))
          .orElseThrow(() -> options.wrong("is of a type that is not known." + NearestNames.question(NearestNames.to(config.type(), TYPES))
              + " Types are " + String.join(", ", TYPES) + "."));
    };
  }

  private static Optional<DestinationType> added(String type) {
    return ServiceLoader.load(DestinationType.class, Destinations.class.getClassLoader())
        .stream()
        .map(ServiceLoader.Provider::get)
        .filter(each -> each.type().equals(type))
        .findFirst();
  }
}
