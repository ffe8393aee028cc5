// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.serving;

import dev.sextant.activation.FeatureIssue;
import dev.sextant.activation.FeatureVersion;
import dev.sextant.activation.OnlineStore;
import dev.sextant.activation.feature.FeatureBuild;
import dev.sextant.activation.feature.KeyPacker;
import dev.sextant.activation.feature.OnlineStores;
import dev.sextant.activation.run.Intervals;
import dev.sextant.model.AccessPolicy;
import dev.sextant.model.DataType;
import dev.sextant.model.FeatureView;
import dev.sextant.model.FeatureView.Feature;
import dev.sextant.model.NearestNames;
import dev.sextant.model.SemanticModel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers requests for stored features. */
public final class FeatureServing {
  /** How many keys a request may have. */
  public static final int MOST_KEYS = 10_000;

  private final OnlineStores stores;
  private final InstantSource clock;
  private final RememberedViews remembered = new RememberedViews();

  public FeatureServing(OnlineStores stores, InstantSource clock) {
    this.stores = stores;
    this.clock = clock;
  }

  /** A view and the features asked of it; none means all that the caller may see. {@code version} asks for another one than the served. */
  public record Wanted(String view, List<String> features, Optional<String> version) {
    public Wanted {
      features = List.copyOf(features);
    }

    /** Reads {@code view} or {@code view:feature}. */
    public static Wanted of(String text) {
      int colon = text.indexOf(':');
      return colon < 0 ? new Wanted(text, List.of(), Optional.empty())
          : new Wanted(text.substring(0, colon), List.of(text.substring(colon + 1)), Optional.empty());
    }
  }

  /** How rows are wanted: values that are too old are withheld unless {@code expired}; {@code maxAge} takes the place of the view's. */
  public record How(boolean expired, Optional<Duration> maxAge) {}

  /** Reads the features of keys; one list of rows for each view. {@code seen} is the model as the caller sees it. */
  public List<ServedRows> rows(SemanticModel seen, List<Wanted> wanted, List<? extends Map<String, ? extends @Nullable Object>> keys,
      How how) {
    if (keys.size() > MOST_KEYS) {
      throw FeatureIssue.TOO_MANY_KEYS.because("A request has at most " + MOST_KEYS + " keys; this one has " + keys.size()
          + ". Ask for them in several requests.");
    }
    List<ServedView> views = wanted.stream().map(one -> view(seen, one, how.maxAge())).toList();
    Set<String> names = new HashSet<>();
    keys.forEach(key -> names.addAll(key.keySet()));
    ServedView.check(names, views);
    KeyPacker packer = new KeyPacker();
    List<ServedRows> answers = new ArrayList<>();
    for (ServedView view : views) {
      List<byte[]> packed = new ArrayList<>(keys.size());
      for (Map<String, ? extends @Nullable Object> key : keys) {
        packed.add(view.key(key, packer));
      }
      answers.add(view.rows(packed, clock.instant(), how.expired()));
    }
    return answers;
  }

  /** Finds a stored view and what the caller may see of it. */
  public ServedView view(SemanticModel seen, Wanted wanted, Optional<Duration> maxAge) {
    return wanted.version().isPresent() ? found(seen, wanted, maxAge)
        : remembered.view(seen, new RememberedViews.Asked(wanted, maxAge), () -> found(seen, wanted, maxAge));
  }

  private ServedView found(SemanticModel seen, Wanted wanted, Optional<Duration> maxAge) {
    FeatureView view = defined(seen, wanted.view());
    ViewRights rights = new ViewRights(seen, view);
    rights.checkRows();
    OnlineStore store = stores.store(FeatureBuild.online(view).store());
    FeatureVersion version = version(store, view, wanted.version());
    List<Feature> asked = wanted.features().isEmpty()
        ? view.features()
            .stream()
            .filter(each -> version.slot(each.name()) >= 0 && !rights.hides(each) && !rights.tellsHidden(each))
            .toList()
        : wanted.features().stream().map(name -> feature(view, rights, name)).toList();
    List<ServedFeature> served = asked.stream().map(feature -> served(version, feature, rights)).toList();
    Optional<Duration> limit = maxAge.or(() -> view.maxAge().map(Intervals::read));
    return new ServedView(version, served, limit.map(ServedRows::micros).map(OptionalLong::of).orElse(OptionalLong.empty()), store);
  }

  /** The views that exist for a caller. */
  public List<FeatureView> visible(SemanticModel seen) {
    return known(seen);
  }

  /** The names of a view's features that exist for a caller. */
  public List<String> features(SemanticModel seen, FeatureView view) {
    ViewRights rights = new ViewRights(seen, view);
    return view.features().stream().filter(feature -> !rights.hides(feature)).map(Feature::name).toList();
  }

  private static List<FeatureView> known(SemanticModel seen) {
    return seen.definitions().featureViews().stream().filter(view -> !new ViewRights(seen, view).hidesView()).toList();
  }

  /** Finds the definition of a view. */
  static FeatureView defined(SemanticModel seen, String name) {
    List<FeatureView> all = known(seen);
    return all.stream().filter(view -> view.name().equals(name)).findFirst().orElseThrow(() -> {
      List<String> near = NearestNames.to(name, all.stream().map(FeatureView::name).toList());
      return FeatureIssue.UNKNOWN_FEATURE_VIEW.because("feature view '" + name + "' is not defined." + NearestNames.question(near));
    });
  }

  private static FeatureVersion version(OnlineStore store, FeatureView view, Optional<String> wanted) {
    if (wanted.isPresent()) {
      List<FeatureVersion> known = store.versions(view.name());
      return known.stream()
          .filter(version -> version.id().equals(wanted.get()) && version.watermark().isPresent())
          .findFirst()
          .orElseThrow(() -> FeatureIssue.UNKNOWN_FEATURE_VERSION.because("Feature view '" + view.name() + "' has no complete version '"
              + wanted.get() + "'; stored are " + known.stream().map(FeatureVersion::id).toList() + "."));
    }
    return store.serving(view.name())
        .orElseThrow(() -> FeatureIssue.NOT_MATERIALIZED.because("Feature view '" + view.name()
            + "' has not been materialised yet; run it: POST /v1/runs {\"kind\": \"feature-view\", \"name\": \"" + view.name() + "\"}."));
  }

  private static Feature feature(FeatureView view, ViewRights rights, String name) {
    List<Feature> known = view.features().stream().filter(each -> !rights.hides(each)).toList();
    return known.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow(() -> {
      List<String> near = NearestNames.to(name, known.stream().map(Feature::name).toList());
      return FeatureIssue.UNKNOWN_FEATURE.because("feature view '" + view.name() + "' has no feature '" + name + "'."
          + NearestNames.question(near));
    });
  }

  private static ServedFeature served(FeatureVersion version, Feature feature, ViewRights rights) {
    int slot = version.slot(feature.name());
    if (slot < 0) {
      throw FeatureIssue.NOT_MATERIALIZED.because("Feature '" + feature.name() + "' of feature view '" + version.view()
          + "' is not in the version that is served, " + version.id() + "; it is there when the view has been run.");
    }
    DataType type = version.features().get(slot).type();
    Optional<AccessPolicy.Mask> mask = rights.mask(feature);
    boolean hashed = mask.isPresent() && mask.get() == AccessPolicy.Mask.HASH && type.kind() != DataType.Kind.STRING;
    if (hashed || rights.tellsHidden(feature)) {
      throw FeatureIssue.FEATURES_DENIED.because("Feature '" + feature.name() + "' of feature view '" + version.view()
          + "' would tell values that an access policy hides from you.");
    }
    return new ServedFeature(feature.name(), type, slot, mask);
  }
}
