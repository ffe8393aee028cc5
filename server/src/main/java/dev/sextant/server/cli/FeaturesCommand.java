// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.activation.FeatureVersion;
import dev.sextant.activation.schedule.PublishedSets;
import dev.sextant.activation.serving.Features;
import dev.sextant.activation.serving.ServedRows;
import dev.sextant.model.FeatureView;
import dev.sextant.model.SemanticModel;
import dev.sextant.query.engine.DefaultFeatureEngine;
import dev.sextant.server.ask.FeatureRequest;
import dev.sextant.server.boot.OpenProject;
import dev.sextant.server.features.FeatureApi;
import dev.sextant.server.features.FeatureExplanation;
import dev.sextant.server.features.FeatureTable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sextant features}: shows feature views, and what is stored of keys. */
@Command(name = "features", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Shows feature views, or what is stored of keys. Stores are looked at as they are now, though a server has them open.")
final class FeaturesCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Mixin private ProjectArgument project = new ProjectArgument();

  @Parameters(index = "1", arity = "0..1", paramLabel = "VIEW", description = "The view to look into.") private @Nullable String view;

  @Option(names = "--key", paramLabel = "KEY",
      description = "A key, such as customer=42 or {\"place\": [1, 23]}; several times for several.") private List<
          String> keys = new ArrayList<>();

  @Option(names = "--features", split = ",", paramLabel = "FEATURE",
      description = "Only these.") private List<String> features = new ArrayList<>();

  @Option(names = "--expired", description = "Show values that are too old.") private boolean expired;

  @Option(names = "--explain", description = "Tell what is stored, since when and from which run.") private boolean explained;

  @Override
  public Integer call() throws JsonProcessingException {
    try (OpenProject open = project.open(); Features stored = open.storedFeatures()) {
      SemanticModel model = open.model().model();
      if (view == null) {
        list(model, stored);
      } else if (explained) {
        byte[] explanation = new FeatureExplanation(stored, id -> open.activations().runs().find(id)).answer(request(view), model);
        System.out.println(JSON.readTree(new String(explanation, StandardCharsets.UTF_8)).toPrettyString());
      } else {
        FeatureRequest request = request(view);
        ServedRows rows = FeatureApi.rows(stored, model, request).getFirst();
        FeatureTable table = new FeatureTable(rows);
        TextTable.print(table.names(), table.lines(request.keys()));
      }
    }
    return ExitCode.OK;
  }

  private static void list(SemanticModel model, Features stored) {
    TextTable.print(List.of("feature view", "entities", "features", "store", "served version", "up to"),
        model.definitions().featureViews().stream().map(each -> row(each, model, stored)).toList());
  }

  private static List<String> row(FeatureView each, SemanticModel model, Features stored) {
    Optional<FeatureVersion> served = stored.exist(each) ? served(each, model, stored) : Optional.empty();
    return List.of(each.name(), String.join(", ", each.entities()),
        String.join(", ", each.features().stream().map(FeatureView.Feature::name).toList()),
        each.online().map(FeatureView.Online::store).orElse(""), served.map(FeatureVersion::id).orElse(""),
        served.flatMap(FeatureVersion::watermark).map(String::valueOf).orElse(""));
  }

  private static Optional<FeatureVersion> served(FeatureView each, SemanticModel model, Features stored) {
    Features.StoredVersions versions = stored.versions(model, each.name());
    return versions.all().stream().filter(one -> versions.serving().filter(one.id()::equals).isPresent()).findFirst();
  }

  private FeatureRequest request(String name) {
    ObjectNode body = JSON.createObjectNode().put("view", name).put("expired", expired);
    features.forEach(body.putArray("features")::add);
    keys.stream().map(FeaturesCommand::key).forEach(body.putArray("keys")::add);
    return FeatureRequest.read(body.toString());
  }

  /** A JSON object, or parts as {@code name=value} with commas between, where what is no JSON is a text. */
  private static JsonNode key(String text) {
    if (text.startsWith("{")) {
      return json(text);
    }
    ObjectNode key = JSON.createObjectNode();
    for (String part : text.split(",", -1)) {
      int end = Math.max(part.indexOf('='), 0);
      key.set(part.substring(0, end), json(part.substring(Math.min(part.length(), end + 1))));
    }
    return key;
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException plain) {
      return JSON.getNodeFactory().textNode(text);
    }
  }

  /** {@code sextant training}: looks at exports of training sets again. */
  @Command(name = "training", mixinStandardHelpOptions = true, sortOptions = false, synopsisSubcommandLabel = "COMMAND",
      description = "Looks at exports of training sets again.")
  static final class TrainingCommand implements Runnable {

    @Spec private @Nullable CommandSpec spec;

    @Command(name = "verify", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Reads the files of an export and compares them with its manifest.")
    int verify(@Mixin ProjectArgument project, @Parameters(index = "1", paramLabel = "SET", description = "The training set.") String set,
        @Option(names = "--export", paramLabel = "ID", description = "The export's id; the newest by default.") @Nullable String id) {
      return look(project, set, Optional.ofNullable(id), PublishedSets::verify, "is as its manifest says");
    }

    @Command(name = "reproduce", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Exports again and compares the rows, definitions and sources.")
    int reproduce(@Mixin ProjectArgument project,
        @Parameters(index = "1", paramLabel = "SET", description = "The training set.") String set,
        @Option(names = "--export", paramLabel = "ID", description = "The export's id; the newest by default.") @Nullable String id) {
      return look(project, set, Optional.ofNullable(id), PublishedSets::reproduce, "would be the same today");
    }

    private static int look(ProjectArgument project, String set, Optional<String> id,
        BiFunction<PublishedSets, Path, List<String>> differences, String good) {
      try (OpenProject open = project.open()) {
        PublishedSets sets = new PublishedSets(() -> open.model().model(),
            new DefaultFeatureEngine(() -> open.model().model(), open.warehouses()), InstantSource.system());
        Path export = sets.export(set, id);
        List<String> found = differences.apply(sets, export);
        found.forEach(System.out::println);
        if (found.isEmpty()) {
          System.out.println("Export " + export.getFileName() + " of training set '" + set + "' " + good + ".");
        }
        return found.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
      }
    }

    @Override
    public void run() {
      if (spec != null) {
        throw new ParameterException(spec.commandLine(), "Missing command");
      }
    }
  }
}
