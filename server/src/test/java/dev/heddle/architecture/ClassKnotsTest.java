package dev.heddle.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Holds that the classes of a package can be read one after the other: none of them needs another
/// that needs it.
final class ClassKnotsTest {

    @ParameterizedTest
    @ValueSource(strings = {"config", "endpoint", "session"})
    void noClassesNeedEachOther(String name) {
        String wholeName = "dev.heddle." + name;
        slices().assignedFrom(new ByFile(wholeName))
                .should()
                .beFreeOfCycles()
                .check(
                        new ClassFileImporter()
                                .withImportOption(location -> !location.contains("test-classes"))
                                .importPackages(wholeName)
                                .that(resideInAPackage(wholeName)));
    }

    /// Puts a class into one slice with those that are nested in it.
    private record ByFile(String wholeName) implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return type.getPackageName().equals(wholeName)
                    ? SliceIdentifier.of(type.getName().replaceFirst("\\$.*", ""))
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "files of " + wholeName;
        }
    }
}
