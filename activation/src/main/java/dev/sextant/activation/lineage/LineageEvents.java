// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.lineage;

import dev.sextant.activation.Activity;
import dev.sextant.activation.DataFlow;
import dev.sextant.activation.Run;
import dev.sextant.activation.RunListener;
import dev.sextant.activation.RunReport;
import dev.sextant.activation.run.Aside;
import dev.sextant.model.Project;
import dev.sextant.model.SextantException;
import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineage.RunEvent.EventType;
import io.openlineage.client.OpenLineageClient;
import io.openlineage.client.OpenLineageClientException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the beginning and the end of every run as OpenLineage events, beside the runs: what cannot be told is logged and forgotten. */
public final class LineageEvents implements RunListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("dev.sextant.lineage");
  private static final OpenLineage OPEN_LINEAGE = new OpenLineage(URI.create("urn:dev.sextant"));

  private final OpenLineageClient client;
  private final String namespace;
  private final Optional<String> secret;
  private final InstantSource clock;
  private final Aside aside = new Aside("lineage", Duration.ofSeconds(10));
  private final Map<String, DataFlow> flows = new ConcurrentHashMap<>();

  private LineageEvents(OpenLineageClient client, String namespace, Optional<String> secret, InstantSource clock) {
    this.client = client;
    this.namespace = namespace;
    this.secret = secret;
    this.clock = clock;
  }

  /** Nothing where the project sets no transport. */
  public static Optional<LineageEvents> of(Project project, InstantSource clock) {
    return LineageTransport.client(project.settings(), project.folder())
        .map(client -> new LineageEvents(client, project.settings().getOrDefault("lineage.namespace", project.name()),
            Optional.ofNullable(project.settings().get("lineage.api_key")), clock));
  }

  @Override
  public void began(Run run, Activity activity) {
    Instant now = clock.instant();
    aside.then(() -> {
      flows.put(run.id(), flow(activity::flow));
      emit(run, EventType.START, now);
    });
  }

  private static DataFlow flow(Supplier<DataFlow> asked) {
    try {
      return asked.get();
    } catch (SextantException unknown) {
      return DataFlow.UNKNOWN;
    }
  }

  @Override
  public void ended(Run run) {
    Instant now = clock.instant();
    Optional<EventType> type = switch (run.state()) {
      case SUCCEEDED, SUCCEEDED_WITH_REJECTS -> Optional.of(EventType.COMPLETE);
      case FAILED, GUARDED, DEAD -> Optional.of(EventType.FAIL);
      case CANCELLED -> Optional.of(EventType.ABORT);
      case DUE, RUNNING, SKIPPED -> Optional.empty();
    };
    type.ifPresent(kind -> aside.then(() -> {
      emit(run, kind, now);
      flows.remove(run.id());
    }));
  }

  private void emit(Run run, EventType type, Instant at) {
    DataFlow flow = flows.getOrDefault(run.id(), DataFlow.UNKNOWN);
    OpenLineage.RunFacetsBuilder facets = OPEN_LINEAGE.newRunFacetsBuilder()
        .nominalTime(OPEN_LINEAGE.newNominalTimeRunFacetBuilder().nominalStartTime(utc(run.wanted().dueAt())).build());
    run.report()
        .problem()
        .map(RunReport.Problem::message)
        .ifPresent(message -> facets
            .errorMessage(OPEN_LINEAGE.newErrorMessageRunFacetBuilder().message(message).programmingLanguage("java").build()));
    OpenLineage.JobFacets job = OPEN_LINEAGE.newJobFacetsBuilder()
        .jobType(OPEN_LINEAGE.newJobTypeJobFacetBuilder()
            .processingType("BATCH")
            .integration("SEXTANT")
            .jobType(run.target().kind().name())
            .build())
        .build();
    try {
      client.emit(OPEN_LINEAGE.newRunEventBuilder()
          .eventType(type)
          .eventTime(utc(at))
          .run(OPEN_LINEAGE.newRun(UUID.fromString(run.id()), facets.build()))
          .job(OPEN_LINEAGE.newJob(namespace, run.target().kind().label() + "." + run.target().name(), job))
          .inputs(flow.inputs()
              .stream()
              .map(place -> OPEN_LINEAGE.newInputDatasetBuilder().namespace(place.namespace()).name(place.name()).build())
              .toList())
          .outputs(flow.outputs().stream().map(place -> output(place, type, run.report())).toList())
          .build());
    } catch (OpenLineageClientException undelivered) {
      LOG.warn("Lineage of run {} was not taken: {}", run.id(), withoutSecret(String.valueOf(undelivered.getMessage())));
    }
  }

  /** Who refuses a credential may repeat it. */
  private String withoutSecret(String text) {
    return secret.map(key -> text.replace(key, "****")).orElse(text);
  }

  private static OpenLineage.OutputDataset output(DataFlow.Place place, EventType type, RunReport report) {
    OpenLineage.OutputDatasetBuilder output = OPEN_LINEAGE.newOutputDatasetBuilder().namespace(place.namespace()).name(place.name());
    if (type != EventType.START) {
      long rows = Math.max(report.count("accepted"), report.count("rows"));
      output.outputFacets(OPEN_LINEAGE.newOutputDatasetOutputFacetsBuilder()
          .outputStatistics(OPEN_LINEAGE.newOutputStatisticsOutputDatasetFacetBuilder().rowCount(rows).build())
          .build());
    }
    return output.build();
  }

  private static ZonedDateTime utc(Instant instant) {
    return instant.atZone(ZoneOffset.UTC);
  }

  @Override
  public void close() {
    aside.close();
    try {
      client.close();
    } catch (Exception ignored) {
      LOG.debug("The lineage client did not close", ignored);
    }
  }
}
