// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.activation.ActivationIssue;
import dev.sextant.activation.TrainingManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Manifests as JSON, and their hash: of the canonical form, keys in order and nothing between tokens, without the id and without when it was made. */
public final class ManifestFile {
  private static final JsonMapper JSON = JsonMapper.builder()
      .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
      .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
      .build();

  /** The file beside exports that names the newest of them. */
  public static final String LATEST = "latest";

  private ManifestFile() {}

  /** The folder of the newest of a set's exports. */
  public static Path latest(Path exports) {
    try {
      return exports.resolve(Files.readString(exports.resolve(LATEST)).strip());
    } catch (IOException missing) {
      throw ActivationIssue.EXPORT_BROKEN.because("There is no export in " + exports + "; run the training set first.", missing);
    }
  }

  /** The same manifest under its own id. */
  public static TrainingManifest identified(TrainingManifest plain) {
    return new TrainingManifest(plain.manifestVersion(), id(JSON.valueToTree(plain)), plain.name(), plain.made(), plain.definition(),
        plain.spine(), plain.sources(), plain.semantics(), plain.split(), plain.contentHash(), plain.files(), plain.columns(),
        plain.checks());
  }

  private static String id(JsonNode manifest) {
    ObjectNode content = manifest.deepCopy();
    content.remove("datasetId");
    content.remove("made");
    try {
      return Hashes.sha256(JSON.writeValueAsString(JSON.treeToValue(content, Object.class)));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Writes the manifest into a folder. */
  public static void write(TrainingManifest manifest, Path folder) throws IOException {
    Files.writeString(folder.resolve(TrainingManifest.FILE), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(manifest) + "\n");
  }

  /** Reads the manifest in a folder; one that was changed by hand is refused. */
  public static TrainingManifest read(Path folder) {
    Path file = folder.resolve(TrainingManifest.FILE);
    try {
      JsonNode tree = JSON.readTree(Files.readString(file));
      TrainingManifest manifest = JSON.treeToValue(tree, TrainingManifest.class);
      if (!manifest.datasetId().equals(id(tree))) {
        throw ActivationIssue.EXPORT_BROKEN.because(file + " was changed after it was written: its id is not the hash of what it says.");
      }
      return manifest;
    } catch (IOException unreadable) {
      throw ActivationIssue.EXPORT_BROKEN.because(file + " cannot be read: " + unreadable.getMessage(), unreadable);
    }
  }
}
