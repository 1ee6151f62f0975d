package io.sallyport.examples.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The dependency rules between our modules and packages. */
class ModuleRulesTest {
  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          // The contracts that our libraries ship for tests are in jars of their own.
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages(
              "io.sallyport.core",
              "io.sallyport.security",
              "io.sallyport.ratelimit",
              "io.sallyport.observability");

  // What translates HTTP, and is small because it does nothing else.
  private static final DescribedPredicate<JavaClass> TRANSLATES_HTTP =
      resideInAPackage("io.sallyport.core.filter")
          .or(simpleNameEndingWith("Filter"))
          .or(simpleNameEndingWith("Wrapper"))
          .or(simpleNameEndingWith("Request"))
          .or(simpleNameEndingWith("Response"))
          .or(simpleNameEndingWith("Listener"))
          .or(simpleName("Exchange"))
          .or(simpleName("Caller"))
          .or(simpleName("JsonBody"))
          .or(simpleName("Parameters"))
          .or(simpleName("FormBody"))
          .or(simpleName("Patch"))
          .or(simpleName("Expansion"))
          .or(simpleName("VersionedHandler"));

  @Test
  void theCoreNeedsNoneOfItsSiblings() {
    noClasses()
        .that()
        .resideInAPackage("io.sallyport.core..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.sallyport.security..", "io.sallyport.ratelimit..", "io.sallyport.observability..")
        .check(OURS);
  }

  @Test
  void siblingsNeedTheCoreAndNeverEachOther() {
    slices()
        .matching("io.sallyport.(security|ratelimit|observability)..")
        .should()
        .notDependOnEachOther()
        .check(OURS);
  }

  @Test
  void noLibraryNeedsAnExample() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.sallyport.core..",
            "io.sallyport.security..",
            "io.sallyport.ratelimit..",
            "io.sallyport.observability..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.sallyport.examples..")
        .check(OURS);
  }

  @Test
  void packagesFormNoCycles() {
    slices().matching("io.sallyport.(*).(*)..").should().beFreeOfCycles().check(OURS);
  }

  @Test
  void decisionCodeDoesNotKnowTheServletApi() {
    noClasses()
        .that(not(TRANSLATES_HTTP))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jakarta.servlet..")
        .check(OURS);
  }

  @Test
  void theEndpointTableKnowsNothingOfTheRest() {
    classes()
        .that()
        .resideInAPackage("io.sallyport.core.endpoint..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("io.sallyport.core.endpoint..", "java..", "org.jspecify..")
        .check(OURS);
  }
}
