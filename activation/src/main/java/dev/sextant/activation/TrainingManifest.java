// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an exported training set: where its rows come from, what they mean, which files hold them, how their columns are distributed, and
 * which checks they passed. {@code datasetId} is the hash of all but itself and {@code made}.
 */
@JsonPropertyOrder({"manifestVersion", "datasetId", "name", "made"})
public record TrainingManifest(int manifestVersion, String datasetId, String name, Made made, Definition definition, Spine spine,
    List<SourceState> sources, Semantics semantics, Split split, String contentHash, List<FileEntry> files, List<Column> columns,
    List<CheckResult> checks) {
  /** The name of the file. */
  public static final String FILE = "manifest.json";

  /** When and by which run it was made. */
  public record Made(String at, String run) {}

  /** The definitions: the project's commit if it is kept in git, and each view with the hash of all its values follow from. */
  public record Definition(String gitCommit, boolean gitDirty, List<View> views) {}

  /** A view, the hash of its definition, and the features taken from it. */
  public record View(String view, String sha256, List<String> features) {}

  /** The labelled rows. */
  public record Spine(String source, String warehouse, List<String> keys, String at, String label, long rows, long distinctRows,
      String contentHash, String first, String last) {}

  /** A dataset that was read: its rows and the newest of their known or event times; {@code knownTimes} tells which of the two. */
  public record SourceState(String dataset, String source, long rows, String newest, boolean knownTimes, String reproducible) {}

  /** What a value means, and the SQL that computed it. */
  public record Semantics(String window, String known, String ties, String zone, String sql, String sqlSha256) {}

  /** How rows were split; {@code settings} holds the boundaries or the shares and the seed. */
  public record Split(String by, Map<String, String> settings, Map<String, Long> rows) {}

  /** A file beside the manifest. */
  public record FileEntry(String path, String format, String split, long rows, long bytes, String sha256) {}

  /** A column and its distribution in each split. */
  public record Column(String name, String role, String type, Map<String, Profile> profiles) {}

  /**
   * A distribution. Numbers have {@code edges}, and {@code counts} of the values up to each edge and beyond the last; other values have the most
   * frequent ones in {@code values}, and {@code counts} of them and of all others.
   */
  public record Profile(long rows, long nulls, long distinct, String min, String max, @Nullable Double mean, @Nullable Double deviation,
      List<Double> edges,
      List<String> values, List<Long> counts) {}

  /** What a check found; {@code severity} is {@code error}, {@code warning} or {@code info}. */
  public record CheckResult(String check, String column, boolean passed, String severity, String found) {}
}
