package io.sallyport.examples.reference;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.sallyport.core.page.PageQuery;

@AnalyzeClasses(packages = LayersTest.BASE, importOptions = DoNotIncludeTests.class)
class LayersTest {
  static final String BASE = "io.sallyport.examples.reference";

  @ArchTest
  static final ArchRule apiUsesApplicationUsesDomainAndInfrastructureServesThem =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage(BASE + "..")
          .layer("composition")
          .definedBy(BASE)
          .layer("api")
          .definedBy(BASE + ".api..")
          .layer("application")
          .definedBy(BASE + ".application..")
          .layer("domain")
          .definedBy(BASE + ".domain..")
          .layer("infrastructure")
          .definedBy(BASE + ".infrastructure..")
          .whereLayer("api")
          .mayOnlyBeAccessedByLayers("composition")
          .whereLayer("infrastructure")
          .mayOnlyBeAccessedByLayers("composition")
          .whereLayer("application")
          .mayOnlyBeAccessedByLayers("api", "infrastructure", "composition")
          .ignoreDependency(
              resideInAnyPackage(BASE + ".config..", BASE + ".server..", BASE + ".dev.."),
              resideInAnyPackage(BASE + ".config..", BASE + ".domain.."));

  @ArchTest
  static final ArchRule theDomainIsPlainJava =
      noClasses()
          .that()
          .resideInAPackage(BASE + ".domain..")
          .should()
          .dependOnClassesThat()
          .resideOutsideOfPackages("java..", "org.jspecify..", BASE + ".domain..");

  @ArchTest
  static final ArchRule theApplicationKnowsNeitherHttpNorSql =
      noClasses()
          .that()
          .resideInAPackage(BASE + ".application..")
          .should()
          .dependOnClassesThat(
              not(
                  resideInAnyPackage(
                          "java..", "org.jspecify..", BASE + ".domain..", BASE + ".application..")
                      // What a page is to hold: it has no HTTP in it.
                      .or(type(PageQuery.class))))
          .orShould()
          .dependOnClassesThat()
          .resideInAPackage("java.sql..");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching(BASE + ".(*)..").should().beFreeOfCycles();
}
