package dev.auditpolicy;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.beFinal;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.GeneralCodingRules.USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.client.CustomResource;
import jakarta.inject.Inject;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.FileReader;
import java.io.FileWriter;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What each package may know, and a few habits that a compiler does not hold. A rule about a package that is still empty
 * passes.
 */
@AnalyzeClasses(packages = "dev.auditpolicy", importOptions = ImportOption.DoNotIncludeTests.class)
final class PackageRulesTest {

    private static final String API = "dev.auditpolicy.api..";
    private static final String POLICY = "dev.auditpolicy.policy..";
    private static final String MANIFEST = "dev.auditpolicy.manifest..";
    private static final String ROLLOUT = "dev.auditpolicy.rollout..";
    private static final String HOST = "dev.auditpolicy.host..";
    private static final String CONTROLLER = "dev.auditpolicy.controller..";
    private static final String AGENT = "dev.auditpolicy.agent..";
    private static final String TELEMETRY = "dev.auditpolicy.telemetry..";
    private static final String CLI = "dev.auditpolicy.cli..";
    private static final String APP = "dev.auditpolicy.app..";

    private static final String CLIENT = "io.fabric8.kubernetes.client..";

    @ArchTest
    static final ArchRule dependenciesPointDownwards = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("api")
            .definedBy(API)
            .layer("pure")
            .definedBy(POLICY, MANIFEST, ROLLOUT)
            .layer("telemetry")
            .definedBy(TELEMETRY)
            .layer("host")
            .definedBy(HOST)
            .layer("controller")
            .definedBy(CONTROLLER)
            .layer("agent")
            .definedBy(AGENT)
            .layer("cli")
            .definedBy(CLI)
            .layer("app")
            .definedBy(APP)
            .whereLayer("app")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("cli")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("controller")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("agent")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("telemetry")
            .mayOnlyBeAccessedByLayers("controller", "agent", "app")
            .whereLayer("host")
            .mayOnlyBeAccessedByLayers("agent", "cli", "app")
            .whereLayer("pure")
            .mayOnlyBeAccessedByLayers("host", "controller", "agent", "cli", "app");

    @ArchTest
    static final ArchRule packagesFormNoCycle =
            slices().matching("dev.auditpolicy.(*)..").should().beFreeOfCycles().allowEmptyShould(true);

    @ArchTest
    static final ArchRule pureLogicKnowsNoFramework = noClasses()
            .that()
            .resideInAnyPackage(API, POLICY, MANIFEST, ROLLOUT)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.quarkus..", "io.javaoperatorsdk..", "io.quarkiverse..", "jakarta..", "io.vertx..", "picocli..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule pureLogicKnowsNoClient = noClasses()
            .that()
            .resideInAnyPackage(POLICY, MANIFEST, ROLLOUT)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(CLIENT)
            .allowEmptyShould(true);

    /** The base class of custom resources lives among the client's; what shapes a schema runs only in the build. */
    @ArchTest
    static final ArchRule apiKnowsNoClient = noClasses()
            .that()
            .resideInAPackage(API)
            .and(not(assignableTo(SchemaCustomizer.Customizer.class)))
            .should()
            .dependOnClassesThat(resideInAnyPackage(CLIENT).and(not(belongToAnyOf(CustomResource.class))))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule theAgentIsPlainJava = noClasses()
            .that()
            .resideInAnyPackage(AGENT, HOST, TELEMETRY)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.quarkus..", "io.javaoperatorsdk..", "io.quarkiverse..", "jakarta..", "io.vertx..")
            .because("nothing of a framework stands between the agent and recovery when the API is down")
            .allowEmptyShould(true);

    /** The command line reads the files that its user names; only {@code host} knows the node's. */
    @ArchTest
    static final ArchRule onlyHostAndCliTouchFiles = noClasses()
            .that()
            .resideOutsideOfPackages(HOST, CLI)
            .should()
            .dependOnClassesThat(belongToAnyOf(
                    File.class,
                    FileChannel.class,
                    FileInputStream.class,
                    FileOutputStream.class,
                    FileReader.class,
                    FileWriter.class,
                    Files.class,
                    RandomAccessFile.class))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule onlyHostTouchesProcesses = noClasses()
            .that()
            .resideOutsideOfPackage(HOST)
            .should()
            .dependOnClassesThat(belongToAnyOf(Process.class, ProcessBuilder.class, ProcessHandle.class, Runtime.class))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule onlyAppReadsConfiguration = noClasses()
            .that()
            .resideOutsideOfPackage(APP)
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class)
            .orShould()
            .callMethod(System.class, "getProperty", String.class)
            .orShould()
            .callMethod(System.class, "getProperty", String.class, String.class)
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("org.eclipse.microprofile.config..", "io.smallrye.config..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule onlyAppKnowsTheTime = noClasses()
            .that()
            .resideOutsideOfPackage(APP)
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(InstantSource.class, "system")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone")
            .because("whoever needs the time is given an InstantSource")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule collaboratorsComeByConstructor = noFields()
            .should()
            .beAnnotatedWith(Inject.class)
            .orShould()
            .beAnnotatedWith(ConfigProperty.class)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule staticFieldsAreFinal = fields().that()
            .areStatic()
            .and()
            .doNotHaveModifier(JavaModifier.SYNTHETIC)
            .should(beFinal())
            .allowEmptyShould(true);

    /** A constant declared as {@code List} or {@code Map} is one of {@code List.of}; the types here are made to be changed. */
    @ArchTest
    static final ArchRule staticFieldsDoNotChange = noFields()
            .that()
            .areStatic()
            .and()
            .doNotHaveModifier(JavaModifier.SYNTHETIC)
            .should()
            .haveRawType(resideInAnyPackage("java.util.concurrent..")
                    .or(assignableTo(ConcurrentMap.class))
                    .or(assignableTo(ThreadLocal.class))
                    .or(assignableTo(StringBuilder.class))
                    .or(assignableTo(Collection.class).and(not(JavaClass.Predicates.INTERFACES)))
                    .or(assignableTo(Map.class).and(not(JavaClass.Predicates.INTERFACES))))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule namesSayWhatAClassDoes = noClasses()
            .should()
            .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl)(\\$.*)?")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule onlyCommandsPrint = noClasses()
            .that()
            .resideOutsideOfPackages(CLI, APP)
            .should(ACCESS_STANDARD_STREAMS)
            .allowEmptyShould(true);

    /** Only {@code app} decides where the log goes. */
    @ArchTest
    static final ArchRule logsGoThroughSlf4j = noClasses()
            .that()
            .resideOutsideOfPackage(APP)
            .should(USE_JAVA_UTIL_LOGGING)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule errorsHaveTypes = NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;

    private PackageRulesTest() {}
}
