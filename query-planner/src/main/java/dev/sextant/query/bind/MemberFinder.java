// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.bind;

import dev.sextant.model.Dataset;
import dev.sextant.model.DatePart;
import dev.sextant.model.Dimension;
import dev.sextant.model.Entity;
import dev.sextant.model.JoinPath;
import dev.sextant.model.JoinStep;
import dev.sextant.model.NearestNames;
import dev.sextant.model.Rights;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.TimeGrain;
import dev.sextant.query.Catalog;
import dev.sextant.query.ItemName;
import dev.sextant.query.Member;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds what a name means seen from a dataset: the element at the end of the one shortest path whose last links the name gives. Remembers what it
 * found, for one query and one thread.
 */
public final class MemberFinder {
  private static final int MOST_SPELLINGS = 3;

  private final SemanticModel model;
  private final Rights rights;
  private final Map<Sought, List<Member>> known = new HashMap<>();

  private record Sought(String dataset, ItemName name) {}

  /** A finder that sees everything, for plans: definitions may use what their askers cannot. */
  public MemberFinder(SemanticModel model) {
    this(model, Rights.ALL);
  }

  private MemberFinder(SemanticModel model, Rights rights) {
    this.model = model;
    this.rights = rights;
  }

  /** A finder for which nothing exists that is hidden from the caller who sees the model. */
  public static MemberFinder asSeen(SemanticModel model) {
    return new MemberFinder(model, model.rights());
  }

  /** Returns the member; throws NO_PATH, AMBIGUOUS_PATH or UNKNOWN_GROUP_BY. */
  public Member find(Dataset base, ItemName name) {
    List<Member> found = found(base, name);
    if (found.size() == 1) {
      return found.getFirst();
    }
    throw found.isEmpty() ? missing(base, name) : ambiguous(base, name, found);
  }

  /** Returns the member if there is exactly one. */
  public Optional<Member> tryFind(Dataset base, ItemName name) {
    List<Member> found = found(base, name);
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  /** Whether several paths of the same length lead to it, each to one value for each row. */
  public boolean isAmbiguous(Dataset base, ItemName name) {
    return found(base, name).stream().filter(member -> !member.path().fansOut()).count() > 1;
  }

  private List<Member> found(Dataset base, ItemName name) {
    return known.computeIfAbsent(new Sought(base.name(), name),
        any -> candidates(base, name).stream().filter(member -> !rights.hides(member.dataset(), name.element())).toList());
  }

  private List<Member> candidates(Dataset base, ItemName name) {
    Optional<Member> local = local(base, name);
    if (local.isPresent()) {
      return List.of(local.get());
    }
    Predicate<Dataset> holds = dataset -> dataset.entity(name.element()).isPresent()
        || (!name.links().isEmpty() && dataset.dimension(name.element()).isPresent());
    List<Member> members = new ArrayList<>();
    for (JoinPath path : model.joins().shortest(base, name.links(), holds)) {
      if (path.length() > 0) {
        atEnd(path, name).ifPresent(members::add);
      }
    }
    return members;
  }

  private static Optional<Member> atEnd(JoinPath path, ItemName name) {
    JoinStep last = path.steps().getLast();
    List<String> links = path.steps().stream().map(JoinStep::link).toList();
    Optional<Member> dimension = last.to()
        .dimension(name.element())
        .map(found -> new Member.Attribute(path, last.to(), links, found));
    return dimension.isPresent() ? dimension
        : last.to().entity(name.element()).map(entity -> new Member.Key(path, last.to(), links, entity));
  }

  private static Optional<Member> local(Dataset base, ItemName name) {
    if (name.links().isEmpty()) {
      return base.entity(name.element()).map(entity -> new Member.Key(JoinPath.HERE, base, List.of(), entity));
    }
    if (name.links().size() > 1 || !addresses(base, name.links().getFirst())) {
      return Optional.empty();
    }
    Optional<Member> dimension = base.dimension(name.element())
        .map(found -> new Member.Attribute(JoinPath.HERE, base, name.links(), found));
    return dimension.isPresent() ? dimension
        : base.entity(name.element())
            .filter(entity -> base.primaryEntity().filter(name.links().getFirst()::equals).isPresent())
            .map(entity -> new Member.Key(JoinPath.HERE, base, name.links(), entity));
  }

  private static boolean addresses(Dataset base, String link) {
    return base.primaryEntity().filter(link::equals).isPresent()
        || base.entity(link).map(Entity::type).filter(Entity.Type::identifiesRow).isPresent();
  }

  /** Whether any dataset knows the name, alone or by joins. */
  public boolean isKnown(ItemName name) {
    return name.isMetricTime() || model.datasets().stream().anyMatch(dataset -> !found(dataset, name).isEmpty());
  }

  /** Throws for a name that no dataset knows. */
  public void checkKnown(ItemName name) {
    if (!isKnown(name)) {
      ItemName time = new ItemName(name.links().subList(0, Math.max(0, name.links().size() - 1)),
          name.links().isEmpty() ? name.element() : name.links().getLast(), Optional.empty(), Optional.empty());
      throw missing(
          model.datasets().stream().filter(dataset -> isTime(dataset, time)).findFirst().orElseGet(() -> model.datasets().getFirst()),
          name);
    }
  }

  private RuntimeException missing(Dataset base, ItemName name) {
    if (!name.links().isEmpty()) {
      ItemName time = new ItemName(name.links().subList(0, name.links().size() - 1), name.links().getLast(), Optional.empty(),
          Optional.empty());
      if (isTime(base, time)) {
        return unknownGrain(time, name.element());
      }
    }
    boolean exists = model.datasets().stream().anyMatch(dataset -> has(dataset, name.element()));
    Optional<Dataset> apart = elsewhere(base, name);
    if (apart.isPresent()) {
      return Problem.of(QueryIssue.NO_PATH,
          "'" + name.base() + "' cannot be reached from dataset '" + base.name() + "', which is in warehouse '"
              + base.warehouse() + "': dataset '" + apart.get().name() + "' is in warehouse '" + apart.get().warehouse()
              + "', and rows of different warehouses are not joined. Group or filter by something that '" + base.name()
              + "' reaches in its own warehouse.");
    }
    if (exists && known(name)) {
      List<String> spelled = spellings(base, name.element());
      return Problem.of(QueryIssue.NO_PATH, "'" + name.base() + "' cannot be reached from dataset '" + base.name() + "': "
          + (spelled.isEmpty() ? "no joins lead there. Group or filter by something both have, or declare an entity that connects them."
              : "no joins lead there under this name." + NearestNames.question(spelled)),
          spelled);
    }
    List<String> near = NearestNames.to(name.base(), names());
    List<String> reached = new ReachableItems(model).from(base).stream().map(Catalog.ItemEntry::name).distinct().toList();
    String help = near.isEmpty() && model.metric(name.base()).isPresent() ? " It is a metric." : NearestNames.help(near, reached);
    return Problem.of(QueryIssue.UNKNOWN_GROUP_BY, "'" + name.base() + "' is not defined." + help, near);
  }

  /** A dataset of another warehouse that has the element, where the base's own warehouse has none. */
  private Optional<Dataset> elsewhere(Dataset base, ItemName name) {
    List<Dataset> holders = model.datasets().stream().filter(dataset -> has(dataset, name.element()) && addressed(dataset, name)).toList();
    boolean own = holders.stream().anyMatch(dataset -> dataset.warehouse().equals(base.warehouse()));
    return own ? Optional.empty() : holders.stream().findFirst();
  }

  private static boolean addressed(Dataset dataset, ItemName name) {
    return name.links().isEmpty() || addresses(dataset, name.links().getLast());
  }

  private boolean isTime(Dataset base, ItemName name) {
    return name.isMetricTime()
        || tryFind(base, name).filter(member -> member instanceof Member.Attribute found && found.dimension() instanceof Dimension.Time)
            .isPresent();
  }

  private RuntimeException unknownGrain(ItemName time, String grain) {
    List<String> known = new ArrayList<>(new ReachableItems(model).grains(TimeGrain.NANOSECOND));
    for (DatePart part : DatePart.values()) {
      known.add("extract_" + part.label());
    }
    List<String> near = NearestNames.to(grain, known).stream().map(label -> time.base() + "__" + label).toList();
    String help = near.isEmpty() ? " Known are " + String.join(", ", known) + "." : NearestNames.question(near);
    return Problem.of(QueryIssue.INVALID_GRAIN,
        "'" + time.base() + "__" + grain + "': '" + grain + "' is no grain or part of a time." + help, near);
  }

  /** The names under which the dataset's rows lead to elements of that name, nearest first. */
  private List<String> spellings(Dataset base, String element) {
    return new ReachableItems(model).from(base)
        .stream()
        .map(Catalog.ItemEntry::name)
        .filter(item -> item.endsWith("__" + element) && tryFind(base, ItemName.parse(item, model)).isPresent())
        .distinct()
        .sorted(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
        .limit(MOST_SPELLINGS)
        .toList();
  }

  private boolean known(ItemName name) {
    return name.links()
        .stream()
        .allMatch(link -> model.datasets()
            .stream()
            .anyMatch(dataset -> dataset.primaryEntity().filter(link::equals).isPresent() || dataset.entity(link).isPresent()));
  }

  private boolean has(Dataset dataset, String element) {
    return !rights.hides(dataset, element) && (dataset.dimension(element).isPresent() || dataset.entity(element).isPresent());
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    for (Dataset dataset : model.datasets()) {
      dataset.entities().stream().map(Entity::name).filter(entity -> !rights.hides(dataset, entity)).forEach(names::add);
      List<String> prefixes = new ArrayList<>(dataset.primaryEntity().stream().toList());
      dataset.entities()
          .stream()
          .filter(entity -> entity.type().identifiesRow())
          .map(Entity::name)
          .filter(prefix -> !prefixes.contains(prefix))
          .forEach(prefixes::add);
      for (Dimension dimension : dataset.dimensions().stream().filter(one -> !rights.hides(dataset, one.name())).toList()) {
        prefixes.forEach(prefix -> names.add(prefix + "__" + dimension.name()));
      }
    }
    return names;
  }

  private static RuntimeException ambiguous(Dataset base, ItemName name, List<Member> found) {
    List<String> paths = found.stream().map(member -> String.join("__", member.links()) + "__" + name.element()).distinct().toList();
    String hint = paths.size() > 1 ? "Name one of: " + String.join(", ", paths) + "."
        : "Several datasets give it on the way " + paths.getFirst() + ": "
            + String.join(", ", found.stream().map(member -> member.dataset().name()).distinct().toList())
            + ". Give one of them another name.";
    return Problem.of(QueryIssue.AMBIGUOUS_PATH,
        "'" + name.base() + "' can be reached from dataset '" + base.name() + "' in several ways of the same length. " + hint, paths);
  }
}
