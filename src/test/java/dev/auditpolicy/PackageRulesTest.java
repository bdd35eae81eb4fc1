package dev.auditpolicy;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.beFinal;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.GeneralCodingRules.USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What each package may know, and a few habits that a compiler does not hold. A rule about an empty package fails.
 */
@AnalyzeClasses(packages = "dev.auditpolicy", importOptions = ImportOption.DoNotIncludeTests.class)
final class PackageRulesTest {

    private static final String API = "dev.auditpolicy.api..";
    private static final String POLICY = "dev.auditpolicy.policy..";
    private static final String EVENT = "dev.auditpolicy.event..";
    private static final String REPLAY = "dev.auditpolicy.replay..";
    private static final String REPORT = "dev.auditpolicy.report..";
    private static final String MANIFEST = "dev.auditpolicy.manifest..";
    private static final String UNIT = "dev.auditpolicy.unit..";
    private static final String METRIC = "dev.auditpolicy.metric..";
    private static final String WEBHOOK = "dev.auditpolicy.webhook..";
    private static final String JOURNAL = "dev.auditpolicy.journal..";
    private static final String ROLLOUT = "dev.auditpolicy.rollout..";
    private static final String HOST = "dev.auditpolicy.host..";
    private static final String AGENT = "dev.auditpolicy.agent..";
    private static final String TELEMETRY = "dev.auditpolicy.telemetry..";
    private static final String CLI = "dev.auditpolicy.cli..";
    private static final String APP = "dev.auditpolicy.app..";

    private static final String CLIENT = "io.fabric8.kubernetes.client..";

    /** A room is a package without those below it; an empty one fails. Each may use the rooms named after it and no others. */
    @ArchTest
    static final ArchRule dependenciesPointDownwards = rooms(
            room("api.v1alpha1"),
            room("journal", "api.v1alpha1"),
            room("telemetry", "api.v1alpha1"),
            room("rollout", "api.v1alpha1"),
            room("manifest.flags", "api.v1alpha1"),
            room("manifest.yaml", "manifest.flags"),
            room("manifest", "manifest.flags", "manifest.yaml"),
            room("unit.syntax"),
            room("unit.command", "manifest.flags", "unit.syntax"),
            room("unit", "manifest.flags", "unit.syntax", "unit.command"),
            room("event", "api.v1alpha1"),
            room("event.read", "event"),
            room("policy", "api.v1alpha1"),
            room("policy.tree", "policy"),
            room("policy.yaml", "policy", "policy.tree"),
            room("policy.decode", "api.v1alpha1", "policy", "policy.tree"),
            room("policy.validate", "policy", "policy.tree", "policy.decode"),
            room("policy.temporary", "api.v1alpha1", "policy", "policy.tree"),
            room(
                    "policy.read",
                    "policy.temporary",
                    "api.v1alpha1",
                    "policy",
                    "policy.tree",
                    "policy.yaml",
                    "policy.decode",
                    "policy.validate"),
            room("policy.schema", "api.v1alpha1", "policy", "policy.tree", "policy.yaml"),
            room("policy.write", "api.v1alpha1", "policy"),
            room("policy.evaluate", "api.v1alpha1"),
            room("policy.compiled", "api.v1alpha1", "policy.evaluate"),
            room("policy.explain", "api.v1alpha1", "policy.evaluate"),
            room("policy.lint.requests", "api.v1alpha1", "policy.evaluate"),
            room("policy.lint.finding", "policy"),
            room("policy.lint.cluster", "policy", "policy.lint.finding"),
            room("policy.lint.fix", "api.v1alpha1", "policy", "policy.evaluate"),
            room("policy.lint.fault", "policy.lint.finding"),
            room("policy.lint.identity", "policy", "policy.lint.finding", "policy.lint.fault"),
            room(
                    "policy.lint.value",
                    "api.v1alpha1",
                    "policy",
                    "policy.lint.finding",
                    "policy.lint.cluster",
                    "policy.lint.fault",
                    "policy.lint.identity"),
            room(
                    "policy.lint.check",
                    "api.v1alpha1",
                    "policy.evaluate",
                    "policy.lint.requests",
                    "policy.lint.finding",
                    "policy.lint.cluster",
                    "policy.lint.value"),
            room(
                    "policy.lint.rule",
                    "policy.lint.fix",
                    "policy.lint.fault",
                    "api.v1alpha1",
                    "policy",
                    "policy.evaluate",
                    "policy.lint.requests",
                    "policy.lint.finding",
                    "policy.lint.cluster",
                    "policy.lint.value",
                    "policy.lint.check"),
            room(
                    "policy.lint.coverage",
                    "policy.lint.fix",
                    "api.v1alpha1",
                    "policy.evaluate",
                    "policy.lint.requests",
                    "policy.lint.finding",
                    "policy.lint.cluster",
                    "policy.lint.check"),
            room(
                    "policy.lint.noise",
                    "policy.lint.fix",
                    "api.v1alpha1",
                    "policy",
                    "policy.evaluate",
                    "policy.lint.requests",
                    "policy.lint.finding",
                    "policy.lint.check"),
            room(
                    "policy.lint.backend",
                    "api.v1alpha1",
                    "policy",
                    "policy.lint.requests",
                    "policy.lint.finding",
                    "policy.lint.cluster",
                    "policy.lint.check"),
            room(
                    "policy.lint",
                    "api.v1alpha1",
                    "policy.lint.finding",
                    "policy.lint.cluster",
                    "policy.lint.check",
                    "policy.lint.rule",
                    "policy.lint.coverage",
                    "policy.lint.noise",
                    "policy.lint.backend"),
            room("distribution"),
            room("pem"),
            room("webhook.sink"),
            room("webhook.entry", "policy.tree", "webhook.sink"),
            room("webhook.kubeconfig", "policy.tree", "policy.yaml", "pem", "webhook.sink", "webhook.entry"),
            room("webhook.probe", "webhook.sink"),
            room("metric"),
            room("report.proof", "api.v1alpha1", "policy", "policy.read", "policy.write"),
            room(
                    "report.item",
                    "api.v1alpha1",
                    "policy.lint",
                    "policy.lint.backend",
                    "policy.lint.cluster",
                    "policy.lint.finding",
                    "report.proof"),
            room(
                    "report.request",
                    "api.v1alpha1",
                    "policy",
                    "policy.lint.check",
                    "policy.lint.finding",
                    "policy.lint.requests"),
            room("report", "api.v1alpha1", "policy.lint.finding", "report.item", "report.proof", "report.request"),
            room("webhook.status", "metric"),
            room("observed", "api.v1alpha1", "policy", "manifest.flags"),
            room("manifest.directory", "manifest.yaml"),
            room(
                    "policy.lint.example",
                    "api.v1alpha1",
                    "policy",
                    "policy.evaluate",
                    "policy.lint.requests",
                    "policy.lint.cluster",
                    "policy.lint.value"),
            room(
                    "policy.diff",
                    "api.v1alpha1",
                    "policy",
                    "policy.evaluate",
                    "policy.lint.requests",
                    "policy.lint.example"),
            room("host.process", "manifest.flags", "journal"),
            room("host.http"),
            room("host.file", "journal"),
            room("host.program"),
            room("host.tls", "identity", "pem"),
            room("host.log", "api.v1alpha1", "policy", "host.process"),
            room("host.destination", "host.log", "host.process"),
            room("host.systemd", "unit", "unit.command", "journal", "host.process"),
            room("host.kind", "unit", "unit.command", "journal", "host.file", "host.process", "host.systemd"),
            room("host.survey", "host.process"),
            room(
                    "agent.webhook",
                    "api.v1alpha1",
                    "manifest.flags",
                    "journal",
                    "host.file",
                    "host.http",
                    "host.process",
                    "webhook.entry",
                    "webhook.kubeconfig",
                    "webhook.probe",
                    "webhook.sink",
                    "webhook.status"),
            room(
                    "agent.node",
                    "agent.webhook",
                    "manifest.flags",
                    "unit",
                    "unit.command",
                    "journal",
                    "host.destination",
                    "host.kind",
                    "host.file",
                    "host.http",
                    "host.log",
                    "host.process",
                    "host.program",
                    "host.survey"),
            room("agent.guard", "agent.node", "manifest", "journal", "host.file", "host.process", "host.program"),
            room(
                    "agent.log",
                    "agent.node",
                    "api.v1alpha1",
                    "manifest.flags",
                    "journal",
                    "policy",
                    "policy.read",
                    "policy.evaluate",
                    "host.http",
                    "host.log",
                    "host.process"),
            room(
                    "agent.observe",
                    "agent.log",
                    "agent.node",
                    "api.v1alpha1",
                    "distribution",
                    "journal",
                    "manifest",
                    "manifest.directory",
                    "manifest.flags",
                    "policy",
                    "policy.read",
                    "policy.write",
                    "unit",
                    "host.process",
                    "host.survey"),
            room(
                    "agent.plan",
                    "agent.node",
                    "api.v1alpha1",
                    "manifest",
                    "manifest.flags",
                    "unit",
                    "unit.command",
                    "journal",
                    "policy",
                    "policy.read",
                    "policy.write",
                    "host.log",
                    "host.process"),
            room(
                    "agent.evaluate",
                    "agent.webhook",
                    "webhook.status",
                    "agent.plan",
                    "agent.log",
                    "agent.node",
                    "api.v1alpha1",
                    "manifest",
                    "manifest.flags",
                    "journal",
                    "rollout",
                    "host.destination",
                    "host.file",
                    "host.log",
                    "host.process"),
            room(
                    "agent.restart",
                    "agent.node",
                    "api.v1alpha1",
                    "manifest.flags",
                    "journal",
                    "host.kind",
                    "host.process"),
            room(
                    "agent.forecast",
                    "agent.restart",
                    "agent.plan",
                    "agent.log",
                    "agent.node",
                    "api.v1alpha1",
                    "policy",
                    "policy.read",
                    "event",
                    "event.read",
                    "replay",
                    "replay.total",
                    "replay.estimate",
                    "journal",
                    "host.http",
                    "host.log",
                    "host.process"),
            room(
                    "agent.turn",
                    "agent.restart",
                    "agent.plan",
                    "agent.evaluate",
                    "agent.node",
                    "api.v1alpha1",
                    "manifest",
                    "manifest.flags",
                    "unit.command",
                    "journal",
                    "policy.write",
                    "host.file",
                    "host.kind",
                    "host.process"),
            room(
                    "agent.reapply",
                    "agent.turn",
                    "agent.plan",
                    "agent.node",
                    "api.v1alpha1",
                    "manifest",
                    "manifest.flags",
                    "journal",
                    "policy",
                    "host.file",
                    "host.kind",
                    "host.process"),
            room(
                    "agent.status",
                    "agent.plan",
                    "agent.evaluate",
                    "agent.webhook",
                    "api.v1alpha1",
                    "observed",
                    "policy",
                    "rollout",
                    "journal",
                    "telemetry",
                    "host.file",
                    "host.http",
                    "host.process"),
            room(
                    "agent.metrics",
                    "agent.status",
                    "agent.webhook",
                    "webhook.status",
                    "agent.log",
                    "api.v1alpha1",
                    "journal",
                    "telemetry",
                    "journal",
                    "host.http",
                    "host.process"),
            room(
                    "agent",
                    "agent.forecast",
                    "agent.webhook",
                    "webhook.kubeconfig",
                    "webhook.probe",
                    "agent.metrics",
                    "agent.status",
                    "agent.reapply",
                    "agent.turn",
                    "agent.plan",
                    "agent.evaluate",
                    "agent.log",
                    "agent.guard",
                    "agent.node",
                    "agent.observe",
                    "api.v1alpha1",
                    "observed",
                    "policy",
                    "manifest.flags",
                    "unit",
                    "journal",
                    "host.file",
                    "host.http",
                    "host.kind",
                    "host.log",
                    "host.process",
                    "host.program"),
            room("identity", "pem"),
            room("controller.enroll", "api.v1alpha1", "distribution", "identity", "rollout"),
            room("controller.metrics", "api.v1alpha1", "telemetry"),
            room("controller.plan", "api.v1alpha1", "policy", "policy.read", "policy.evaluate", "policy.diff"),
            room(
                    "controller",
                    "controller.plan",
                    "policy.temporary",
                    "webhook.entry",
                    "webhook.kubeconfig",
                    "webhook.sink",
                    "controller.enroll",
                    "controller.metrics",
                    "identity",
                    "observed",
                    "api.v1alpha1",
                    "policy",
                    "policy.read",
                    "policy.write",
                    "policy.lint",
                    "manifest.flags",
                    "policy.lint.finding",
                    "policy.lint.cluster",
                    "manifest",
                    "rollout",
                    "telemetry"),
            room("controller.host", "controller", "controller.enroll", "api.v1alpha1", "identity"),
            room("agent.identity", "identity", "host.file", "journal"),
            room("replay.request", "api.v1alpha1", "event", "policy.evaluate"),
            room("replay.total"),
            room("replay.size", "policy.evaluate"),
            room(
                    "replay",
                    "api.v1alpha1",
                    "policy",
                    "event",
                    "event.read",
                    "policy.evaluate",
                    "policy.compiled",
                    "replay.request",
                    "replay.size",
                    "replay.total"),
            room(
                    "replay.traffic",
                    "api.v1alpha1",
                    "event",
                    "event.read",
                    "policy.evaluate",
                    "policy.compiled",
                    "replay",
                    "replay.request",
                    "replay.total"),
            room("replay.tune.candidate", "api.v1alpha1", "policy.lint.fix", "replay.traffic"),
            room(
                    "replay.tune",
                    "api.v1alpha1",
                    "event",
                    "event.read",
                    "policy",
                    "policy.evaluate",
                    "policy.compiled",
                    "policy.lint",
                    "policy.lint.cluster",
                    "policy.lint.finding",
                    "replay",
                    "replay.request",
                    "replay.traffic",
                    "replay.tune.candidate"),
            room("replay.estimate", "api.v1alpha1", "metric", "policy.evaluate", "replay.size"),
            room(
                    "replay.rules",
                    "api.v1alpha1",
                    "event",
                    "event.read",
                    "policy.evaluate",
                    "policy.compiled",
                    "policy.lint.finding",
                    "replay.request"),
            room("cli.kubectl"),
            room("cli.preset"),
            room("cli.enroll", "cli.kubectl", "identity"),
            room("cli.report.document", "report.item"),
            room(
                    "cli.report",
                    "cli.report.document",
                    "api.v1alpha1",
                    "policy",
                    "policy.lint.finding",
                    "report",
                    "report.item",
                    "report.proof",
                    "report.request"),
            room("cli.rollout", "cli.kubectl"),
            room("cli.apiserver", "policy", "policy.tree", "manifest.flags"),
            room("cli.nodefiles", "manifest", "manifest.flags"),
            room("cli.flags", "api.v1alpha1", "policy", "manifest.flags"),
            room("cli.webhook", "policy.tree", "policy.yaml", "webhook.entry", "webhook.kubeconfig", "webhook.sink"),
            room("cli.logs", "event.read", "replay"),
            room("cli.replay", "event.read", "replay", "replay.estimate", "replay.total"),
            room(
                    "cli.tune",
                    "api.v1alpha1",
                    "cli.replay",
                    "policy",
                    "policy.lint.finding",
                    "policy.lint.fix",
                    "policy.read",
                    "policy.tree",
                    "replay",
                    "replay.total",
                    "replay.traffic",
                    "replay.tune",
                    "replay.tune.candidate"),
            room(
                    "cli",
                    "cli.preset",
                    "cli.logs",
                    "cli.replay",
                    "cli.tune",
                    "replay",
                    "replay.estimate",
                    "replay.rules",
                    "replay.total",
                    "replay.traffic",
                    "replay.tune",
                    "cli.apiserver",
                    "cli.flags",
                    "cli.report",
                    "cli.webhook",
                    "cli.nodefiles",
                    "cli.enroll",
                    "api.v1alpha1",
                    "observed",
                    "policy",
                    "policy.temporary",
                    "policy.tree",
                    "policy.read",
                    "policy.schema",
                    "policy.write",
                    "policy.evaluate",
                    "policy.explain",
                    "policy.lint",
                    "policy.lint.finding",
                    "policy.lint.cluster",
                    "policy.diff",
                    "webhook.entry",
                    "webhook.kubeconfig",
                    "webhook.sink",
                    "manifest.flags"),
            room(
                    "app",
                    "agent.webhook",
                    "webhook.probe",
                    "cli",
                    "cli.rollout",
                    "identity",
                    "controller",
                    "controller.metrics",
                    "agent",
                    "agent.identity",
                    "agent.metrics",
                    "agent.status",
                    "agent.turn",
                    "agent.node",
                    "api.v1alpha1",
                    "journal",
                    "telemetry",
                    "unit",
                    "host.destination",
                    "host.file",
                    "host.http",
                    "host.kind",
                    "host.log",
                    "host.process",
                    "host.program",
                    "host.systemd",
                    "host.survey",
                    "host.tls"));

    private record Room(String name, List<String> mayUse) {}

    private static Room room(String name, String... mayUse) {
        return new Room(name, List.of(mayUse));
    }

    private static ArchRule rooms(Room... rooms) {
        var rule = layeredArchitecture().consideringOnlyDependenciesInLayers().withOptionalLayers(false);
        for (var room : rooms) {
            rule = rule.layer(room.name()).definedBy("dev.auditpolicy." + room.name());
        }
        for (var room : rooms) {
            rule = room.mayUse().isEmpty()
                    ? rule.whereLayer(room.name()).mayNotAccessAnyLayer()
                    : rule.whereLayer(room.name())
                            .mayOnlyAccessLayers(room.mayUse().toArray(String[]::new));
        }
        return rule.ensureAllClassesAreContainedInArchitecture();
    }

    @ArchTest
    static final ArchRule packagesFormNoCycle =
            slices().matching("dev.auditpolicy.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule pureLogicKnowsNoFramework = noClasses()
            .that()
            .resideInAnyPackage(API, EVENT, POLICY, REPLAY, REPORT, MANIFEST, UNIT, METRIC, WEBHOOK, JOURNAL, ROLLOUT)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.quarkus..", "io.javaoperatorsdk..", "io.quarkiverse..", "jakarta..", "io.vertx..", "picocli..");

    @ArchTest
    static final ArchRule pureLogicKnowsNoClient = noClasses()
            .that()
            .resideInAnyPackage(EVENT, POLICY, REPLAY, REPORT, MANIFEST, UNIT, METRIC, WEBHOOK, JOURNAL, ROLLOUT)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(CLIENT);

    /** The base class of custom resources lives among the client's; what shapes a schema runs only in the build. */
    @ArchTest
    static final ArchRule apiKnowsNoClient = noClasses()
            .that()
            .resideInAPackage(API)
            .and(not(assignableTo(SchemaCustomizer.Customizer.class)))
            .should()
            .dependOnClassesThat(resideInAnyPackage(CLIENT).and(not(belongToAnyOf(CustomResource.class))));

    @ArchTest
    static final ArchRule theAgentIsPlainJava = noClasses()
            .that()
            .resideInAnyPackage(AGENT, HOST, TELEMETRY)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.quarkus..", "io.javaoperatorsdk..", "io.quarkiverse..", "jakarta..", "io.vertx..")
            .because("nothing of a framework stands between the agent and recovery when the API is down");

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
                    RandomAccessFile.class));

    /** Enrollment runs the kubectl of its user. */
    @ArchTest
    static final ArchRule onlyHostTouchesProcesses = noClasses()
            .that()
            .resideOutsideOfPackages(HOST, "dev.auditpolicy.cli.kubectl")
            .should()
            .dependOnClassesThat(
                    belongToAnyOf(Process.class, ProcessBuilder.class, ProcessHandle.class, Runtime.class));

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
            .resideInAnyPackage("org.eclipse.microprofile.config..", "io.smallrye.config..");

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
            .because("whoever needs the time is given an InstantSource");

    @ArchTest
    static final ArchRule collaboratorsComeByConstructor =
            noFields().should().beAnnotatedWith(Inject.class).orShould().beAnnotatedWith(ConfigProperty.class);

    @ArchTest
    static final ArchRule staticFieldsAreFinal = fields().that()
            .areStatic()
            .and()
            .doNotHaveModifier(JavaModifier.SYNTHETIC)
            .should(beFinal());

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
                    .or(assignableTo(Map.class).and(not(JavaClass.Predicates.INTERFACES))));

    /**
     * A type that a public signature names is public, too. javac lets another package use such a value without naming its type,
     * and the JVM then throws IllegalAccessError where it casts.
     */
    @ArchTest
    static final ArchRule publicSignaturesNamePublicTypes = codeUnits()
            .that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat(areVisibleElsewhere())
            .should(namePublicTypesOnly());

    private static DescribedPredicate<JavaClass> areVisibleElsewhere() {
        return describe("are visible elsewhere", type -> Stream.iterate(
                        Optional.of(type), Optional::isPresent, inner -> inner.get()
                                .getEnclosingClass())
                .allMatch(outer -> outer.get().getModifiers().contains(JavaModifier.PUBLIC)));
    }

    private static ArchCondition<JavaCodeUnit> namePublicTypesOnly() {
        return new ArchCondition<>("name public types only") {
            @Override
            public void check(JavaCodeUnit unit, ConditionEvents events) {
                var types = Stream.concat(
                        unit.getReturnType().getAllInvolvedRawTypes().stream(),
                        unit.getParameterTypes().stream().flatMap(type -> type.getAllInvolvedRawTypes().stream()));
                types.filter(type -> type.getPackageName().startsWith("dev.auditpolicy"))
                        .filter(type -> !type.getModifiers().contains(JavaModifier.PUBLIC))
                        .forEach(type -> events.add(SimpleConditionEvent.violated(
                                unit, unit.getFullName() + " names " + type.getName() + ", which is not public")));
            }
        };
    }

    @ArchTest
    static final ArchRule namesSayWhatAClassDoes =
            noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl)(\\$.*)?");

    @ArchTest
    static final ArchRule onlyCommandsPrint =
            noClasses().that().resideOutsideOfPackages(CLI, APP).should(ACCESS_STANDARD_STREAMS);

    /** Only {@code app} decides where the log goes. */
    @ArchTest
    static final ArchRule logsGoThroughSlf4j =
            noClasses().that().resideOutsideOfPackage(APP).should(USE_JAVA_UTIL_LOGGING);

    @ArchTest
    static final ArchRule errorsHaveTypes = NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;

    private PackageRulesTest() {}
}
