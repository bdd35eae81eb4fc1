package dev.auditpolicy;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.have;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;

/** Defaults of the operator SDK that hurt an operator which restarts the API server that it depends on. */
@AnalyzeClasses(packages = "dev.auditpolicy", importOptions = ImportOption.DoNotIncludeTests.class)
final class FrameworkTrapsTest {

    /** The default is five attempts within 18 s, then silence until the next change: shorter than a restart of the API server. */
    @ArchTest
    static final ArchRule reconcilersRetryForEver = classes()
            .that()
            .areAnnotatedWith(ControllerConfiguration.class)
            .should(have(describe("@GradualRetry(maxAttempts = -1)", FrameworkTrapsTest::retriesForEver)))
            .allowEmptyShould(true);

    /** JOSDK 5.3.0 to 5.3.4 lose a change of somebody else that arrives during our own status patch (its issue 3398). */
    @ArchTest
    static final ArchRule reconcilersFilterNoEvents = classes()
            .that()
            .areAnnotatedWith(ControllerConfiguration.class)
            .should(have(describe("@Informer(comparableResourceVersions = false)", type -> !type.getAnnotationOfType(
                            ControllerConfiguration.class)
                    .informer()
                    .comparableResourceVersions())))
            .allowEmptyShould(true);

    private FrameworkTrapsTest() {}

    private static boolean retriesForEver(JavaClass type) {
        return type.isAnnotatedWith(GradualRetry.class)
                && type.getAnnotationOfType(GradualRetry.class).maxAttempts() < 0;
    }
}
