// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.serving;

import dev.sextant.activation.FeatureIssue;
import dev.sextant.activation.FeatureVersion;
import dev.sextant.activation.OnlineStore;
import dev.sextant.activation.ValueSink;
import dev.sextant.activation.feature.KeyPacker;
import dev.sextant.activation.feature.KeyValues;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A stored view with the features somebody asked for and may see. {@code maxAgeMicros} is how old its values may be. */
public record ServedView(FeatureVersion version, List<ServedFeature> features, OptionalLong maxAgeMicros, OnlineStore store) {

  public ServedView {
    features = List.copyOf(features);
  }

  /** Whether the version is still the one that is served. */
  boolean isServed() {
    return store.serving(version.view()).filter(version::equals).isPresent();
  }

  /** Whether all stored features are shown, in their order and as they are. */
  boolean showsRowsAsStored() {
    return features.size() == version.features().size()
        && IntStream.range(0, features.size()).allMatch(i -> features.get(i).slot() == i && features.get(i).mask().isEmpty());
  }

  /** Packs a key: its parts by the names of the key's columns, or the parts of a composite entity as a list under the entity's name. */
  public byte[] key(Map<String, ? extends @Nullable Object> parts, KeyPacker packer) {
    packer.begin();
    List<Object> values = parts(parts);
    for (int i = 0; i < values.size(); i++) {
      put(i, values.get(i), packer);
    }
    return packer.key();
  }

  /** Hands a part of a key over as a value of its column's type, or tells that it is none. */
  public void put(int column, Object part, ValueSink sink) {
    FeatureVersion.Key key = version.keys().get(column);
    if (!KeyValues.put(key.type(), part, sink)) {
      throw FeatureIssue.INVALID_KEY.because("'" + key.name() + "' of feature view '" + version.view() + "' is of type " + key.type()
          + "; found " + (part instanceof String ? "the text '" + part + "'" : part) + ".");
    }
  }

  /** The parts of a key in the order of the key's columns. */
  public List<Object> parts(Map<String, ? extends @Nullable Object> parts) {
    List<Object> found = new ArrayList<>(version.keys().size());
    String entity = "";
    int place = 0;
    for (FeatureVersion.Key key : version.keys()) {
      place = key.entity().equals(entity) ? place + 1 : 0;
      entity = key.entity();
      found.add(part(key, place, parts));
    }
    return found;
  }

  private Object part(FeatureVersion.Key key, int place, Map<String, ? extends @Nullable Object> parts) {
    Object plain = parts.get(key.name());
    Object whole = parts.get(key.entity());
    Object part = whole instanceof List<?> list && place < list.size() && list.size() == count(key.entity()) ? list.get(place) : plain;
    if (part == null || part instanceof List) {
      throw FeatureIssue.INVALID_KEY.because(
          "A key of feature view '" + version.view() + "' names " + names() + (parts.isEmpty() ? "" : ", not " + parts.keySet()) + ".");
    }
    return part;
  }

  private long count(String entity) {
    return version.keys().stream().filter(key -> key.entity().equals(entity)).count();
  }

  /** The names a key's parts may have. */
  public boolean knows(String name) {
    return version.keys().stream().anyMatch(key -> key.name().equals(name) || key.entity().equals(name));
  }

  private List<String> names() {
    return version.keys().stream().map(FeatureVersion.Key::name).toList();
  }

  /** Refuses names that are no part of the key of any of the views that are asked. */
  static void check(Set<String> names, List<ServedView> views) {
    for (String name : names) {
      if (views.stream().noneMatch(view -> view.knows(name))) {
        throw FeatureIssue.INVALID_KEY.because("'" + name + "' is no part of the key of feature view '"
            + views.getFirst().version().view() + "', which is " + views.getFirst().names() + ".");
      }
    }
  }

  /** Reads the rows of keys in their order. */
  public ServedRows rows(List<byte[]> keys, Instant now, boolean expired) {
    return new ServedRows(this, store.read(version, keys), now, expired);
  }
}
