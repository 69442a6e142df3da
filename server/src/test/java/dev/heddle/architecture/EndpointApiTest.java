package dev.heddle.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

import dev.heddle.endpoint.Endpoint;
import dev.heddle.session.BroadcastEndpoint;
import dev.heddle.session.EchoEndpoint;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Holds that programs can do what Heddle's own endpoints do.
final class EndpointApiTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(location -> !location.contains("test-classes"))
                    .importPackages("dev.heddle");

    @ParameterizedTest
    @ValueSource(classes = {EchoEndpoint.class, BroadcastEndpoint.class})
    void ownEndpointsUseNothingElseThanTheApi(Class<?> endpoint) {
        noClasses()
                .that(equivalentTo(endpoint))
                .should()
                .dependOnClassesThat(
                        resideInAPackage("dev.heddle..")
                                .and(resideOutsideOfPackage(Endpoint.class.getPackageName()))
                                .and(not(equivalentTo(endpoint))))
                .check(CLASSES);
    }
}
