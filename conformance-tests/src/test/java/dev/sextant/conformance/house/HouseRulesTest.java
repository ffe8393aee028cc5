// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.house;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.sextant.conformance.house.HousePlan.Place;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

/** Keeps the rules of the house over the main classes of all modules. */
class HouseRulesTest {

  private static final int MOST_TYPES_IN_A_ROOM = 26;

  /** What is shaded into the driver is not ours to arrange. */
  private static final ImportOption NOT_SHADED = location -> !location.contains("/dev/sextant/jdbc/shaded/");

  private static final JavaClasses HOUSE = new ClassFileImporter()
      .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
      .withImportOption(NOT_SHADED)
      .importPackages("dev.sextant");

  @Test
  void everyModuleIsLookedAt() {
    assertThat(HousePlan.MODULES).allSatisfy(module -> assertThat(HOUSE)
        .as("classes of dev.sextant." + module.name())
        .anyMatch(type -> type.getPackageName().equals("dev.sextant." + module.name())));
  }

  @Test
  void everyPackageIsOnThePlan() {
    check(classes().should(new ArchCondition<>("be in a root or in a room of the plan") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        if (Place.of(type.getPackageName()).filter(Place::isOnThePlan).isEmpty())
          events.add(SimpleConditionEvent.violated(type, type.getName() + " is in no root and no room"));
      }
    }), "a room that is not on the plan has no place in the flow; add it to HousePlan where the data passes it");
  }

  @Test
  void everyPackageSaysWhatItIsForAndIsNullMarked() {
    Set<String> packages = new TreeSet<>();
    Set<String> marked = new TreeSet<>();
    for (JavaClass type : HOUSE) {
      packages.add(type.getPackageName());
      if (type.getSimpleName().equals("package-info") && type.isAnnotatedWith(NullMarked.class)) marked.add(type.getPackageName());
    }
    assertThat(marked).as("packages whose package-info says @NullMarked").isEqualTo(packages);
  }

  @Test
  void rootsImportNoRoom() {
    check(
        importsKeep("import no room of their module",
            (from, to) -> !sameModule(from, to) || !from.isRoot() || to.isRoot() || from.module().arrangesItself()),
        "(a) a root holds nouns and seams; what they need of a room is a sign that a verb is in the root");
  }

  @Test
  void roomsImportTheirRootAndEarlierRoomsOnly() {
    check(importsKeep("import their root and earlier rooms only",
        (from, to) -> !sameModule(from, to) || from.isRoot() || to.isRoot() || from.module().arrangesItself()
            || from.module().flows(from.room(), to.room())),
        "(b) data flows one way through the house, and neighbours do not know each other");
  }

  @Test
  void packagesHaveNoCycles() {
    check(slices().matching("dev.sextant.(**)").should().beFreeOfCycles(), "(b) what goes round cannot be read from front to back");
  }

  @Test
  void modulesEnterOthersThroughRootsAndFrontDoorsOnly() {
    check(
        importsKeep("enter other modules through their root or front door",
            (from, to) -> sameModule(from, to) || from.module().mayEnter(to)),
        "(c) everything else of a module is free to change without asking its users");
  }

  @Test
  void onlyWhoRunsQueriesOrAnswersCallersTalksToDatabasesAndSockets() {
    check(noClasses().that()
        .resideOutsideOfPackages("dev.sextant.query.warehouse..", "dev.sextant.activation.run..",
            "dev.sextant.activation.scratch..",
            "dev.sextant.activation.feature..", "dev.sextant.activation.training..", "dev.sextant.activation.quality..",
            "dev.sextant.activation.sync..", "dev.sextant.server..", "dev.sextant.jdbc..",
            "dev.sextant.examples..")
        .should()
        .dependOnClassesThat(
            JavaClass.Predicates.resideInAnyPackage("java.sql..", "javax.sql..", "java.net.http..", "javax.net..")
                .or(DescribedPredicate.describe("are sockets", HouseRulesTest::isSocket))),
        "(d) what waits for the world is in few places, where deadlines and limits are kept");
  }

  @Test
  void calciteStaysWhereSqlIsReadPlannedAndWritten() {
    check(noClasses().that()
        .resideOutsideOfPackages("dev.sextant.query.sql..", "dev.sextant.query.rel..", "dev.sextant.query.rollup..",
            "dev.sextant.query.dialect..", "dev.sextant.query.engine..", "dev.sextant.server.avatica..", "dev.sextant.jdbc..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.calcite.."),
        "(e) the model, the plan and the doors must outlive a change of planner");
  }

  @Test
  void theModelIsPure() {
    check(classes().that()
        .resideInAPackage("dev.sextant.model..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.sextant.model..", "java.lang..", "java.util..", "java.time..",
            "java.math..", "java.text..", "java.io..", "java.nio..", "org.yaml.snakeyaml..", "org.jspecify.."),
        "what exists must be known without a database, a planner or a server");
  }

  @Test
  void packagesAreNamedByWhatTheyHold() {
    check(noClasses().should()
        .resideInAnyPackage("..util..", "..utils..", "..common..", "..impl..", "..manager..", "..helper..",
            "..helpers..", "..misc..", "..base.."),
        "(f) such a name says nothing, so everything ends there");
  }

  @Test
  void typesAreNamedByWhatTheyAre() {
    check(noClasses().should()
        .haveSimpleNameEndingWith("Impl")
        .orShould()
        .haveSimpleNameEndingWith("Util")
        .orShould()
        .haveSimpleNameEndingWith("Utils")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .orShould()
        .haveSimpleNameEndingWith("Manager")
        .orShould()
        .haveSimpleNameContaining("Common"),
        "(f) such a name says nothing, so everything ends there");
  }

  @Test
  void roomsStaySmall() {
    Map<String, Long> sizes = HOUSE.stream()
        .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
        .filter(type -> Place.of(type.getPackageName()).filter(place -> !place.isRoot()).isPresent())
        .collect(groupingBy(JavaClass::getPackageName, TreeMap::new, counting()));
    sizes.values().removeIf(size -> size <= MOST_TYPES_IN_A_ROOM);
    assertThat(sizes).as("(f) rooms of more than %s types; what cannot be overlooked wants to be two", MOST_TYPES_IN_A_ROOM).isEmpty();
  }

  @Test
  void orderThatReachesSqlOrKeysIsTheSameInEveryRun() {
    check(noClasses().that()
        .resideInAnyPackage("dev.sextant.query..", "dev.sextant.model..", "dev.sextant.cache.key..")
        .should()
        .accessTargetWhere(DescribedPredicate.describe("it makes a Set or Map of random order", HouseRulesTest::makesRandomOrder)),
        "(g) the order of Set.of and Map.of changes with every run, and the same query must be the same SQL; use lists or LinkedHashMap");
  }

  @Test
  void timeAndChanceAreInputs() {
    check(
        noClasses().that()
            .resideInAnyPackage("dev.sextant.model..", "dev.sextant.query..", "dev.sextant.cache..", "dev.sextant.activation..")
            .should()
            .accessTargetWhere(DescribedPredicate.describe("it asks the clock of the machine", HouseRulesTest::asksTheClock))
            .orShould()
            .callMethod(Math.class, "random"),
        "a run must be repeatable: take an InstantSource or a seed");
  }

  private static ArchRule importsKeep(String what, BiPredicate<Place, Place> rule) {
    return classes().should(new ArchCondition<>(what) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        for (var dependency : type.getDirectDependenciesFromSelf()) {
          var from = Place.of(type.getPackageName());
          var to = Place.of(dependency.getTargetClass().getBaseComponentType().getPackageName());
          if (from.isPresent() && to.isPresent() && !rule.test(from.get(), to.get()))
            events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
        }
      }
    });
  }

  private static boolean sameModule(Place from, Place to) {
    return from.module().equals(to.module());
  }

  private static boolean isSocket(JavaClass type) {
    String name = type.getName();
    return name.startsWith("java.net.") && name.endsWith("Socket")
        || name.startsWith("java.nio.channels.") && name.endsWith("SocketChannel")
        || name.equals("java.net.URLConnection") || name.equals("java.net.HttpURLConnection");
  }

  private static boolean makesRandomOrder(JavaAccess<?> access) {
    AccessTarget target = access.getTarget();
    boolean collection = target.getOwner().isEquivalentTo(Set.class) || target.getOwner().isEquivalentTo(Map.class);
    return collection && List.of("of", "ofEntries", "copyOf").contains(target.getName())
        || target.getOwner().isEquivalentTo(Collectors.class) && target.getName().startsWith("toUnmodifiable")
            && !target.getName().endsWith("List");
  }

  private static boolean asksTheClock(JavaAccess<?> access) {
    AccessTarget target = access.getTarget();
    if (target.getFullName().equals("java.lang.System.currentTimeMillis()")) return true;
    return target.getOwner().getPackageName().equals("java.time") && target.getName().equals("now") && target.getFullName().endsWith("()");
  }

  private static void check(ArchRule rule, String because) {
    rule.because(because).allowEmptyShould(true).check(HOUSE);
  }
}
