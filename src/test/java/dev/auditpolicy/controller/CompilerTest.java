package dev.auditpolicy.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.AuditPolicy;
import dev.auditpolicy.api.v1alpha1.KubeAPIServer;
import dev.auditpolicy.api.v1alpha1.Phase;
import dev.auditpolicy.controller.Observer.Observation;
import dev.auditpolicy.controller.enroll.Member;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class CompilerTest {

    /** Not used: the agents report the versions. */
    private final KubernetesClient client =
            new KubernetesClientBuilder().withConfig(Config.empty()).build();

    private final Compiler compiler = new Compiler(new Cluster(client), InstantSource.system());

    @AfterEach
    void closeClient() {
        client.close();
    }

    /** The newest version may serve resources that are not in the table of known resources. */
    @Test
    void doesNotReportAResourceThatTheNewestVersionMayServe() throws IOException {
        AuditPolicy policy = policy("{level: Metadata, resources: [{group: \"\", resources: [novelties]}]}");

        assertThat(findings(compiler.compile(policy, running("v1.36.3", "v1.36.3"))))
                .anyMatch(finding -> finding.contains("no resource \"novelties\""));
        assertThat(findings(compiler.compile(policy, running("v1.36.3", "v1.37.2"))))
                .noneMatch(finding -> finding.contains("novelties"));
    }

    @Test
    void rejectsASpecThatTheOldestVersionRejects() throws IOException {
        AuditPolicy policy = policy("{level: Metadata, resources: [{group: \"*\"}]}");

        assertThat(compiler.compile(policy, running("v1.36.3"))).isInstanceOf(Compilation.Compiled.class);
        assertThat(compiler.compile(policy, running("v1.36.3", "v1.35.4"))).isInstanceOf(Compilation.InvalidSpec.class);
    }

    @Test
    void ignoresTheVersionOfANodeThatHasLeft() throws IOException {
        AuditPolicy policy = policy("{level: Metadata, resources: [{group: \"*\"}]}");
        var running = running("v1.36.3", "v1.35.4");
        var left =
                new Observation(running.members().subList(0, 1), running.auditNodes(), List.of(), List.of(), List.of());

        assertThat(compiler.compile(policy, left)).isInstanceOf(Compilation.Compiled.class);
    }

    private static final String TEMPORARY = """
            apiVersion: auditpolicy.dev/v1alpha1
            kind: AuditPolicy
            metadata:
              name: cluster
              uid: u
              generation: 1
              managedFields:
              - {manager: kubectl, operation: Apply, time: "2026-12-01T11:00:00Z", fieldsV1: {"f:spec": {}}}
              - {manager: controller, operation: Update, time: "2026-12-01T13:00:00Z", fieldsV1: {"f:metadata": {}}}
            spec:
              temporaryRules:
              - {until: "2026-12-01T12:00:00Z", reason: flood, rules: [{level: None, users: [flooder]}]}
              policy: {rules: [{level: Metadata}]}
              log: {path: /var/log/kubernetes/audit/audit.log}
            """;

    private Compilation compileAt(String time, String auditPolicy) throws IOException {
        return new Compiler(new Cluster(client), () -> Instant.parse(time))
                .compile(new YAMLMapper().readValue(auditPolicy, AuditPolicy.class), running("v1.36.3"));
    }

    private static String textOf(Compilation compilation) {
        return ((Compilation.Compiled) compilation).spec().policy();
    }

    @Test
    void putsTemporaryRulesFirstUntilTheirTime() throws IOException {
        assertThat(textOf(compileAt("2026-12-01T11:59:59Z", TEMPORARY))).contains("flooder");
        assertThat(textOf(compileAt("2026-12-01T12:00:00Z", TEMPORARY))).doesNotContain("flooder");
    }

    /** Whoever approved them approved their end. */
    @Test
    void knowsTheRevisionBeforeTheirEnd() throws IOException {
        var before = (Compilation.Compiled) compileAt("2026-12-01T11:59:59Z", TEMPORARY);
        var after = (Compilation.Compiled) compileAt("2026-12-01T12:00:00Z", TEMPORARY);

        assertThat(before.temporary().earlierRevisions()).isEmpty();
        assertThat(after.temporary().earlierRevisions())
                .containsExactly(before.spec().revision());
    }

    /** The controller may have been away at the time, and writes the metadata itself. */
    @Test
    void acceptsRulesThatEndedAfterTheSpecWasWritten() throws IOException {
        assertThat(compileAt("2027-01-01T00:00:00Z", TEMPORARY)).isInstanceOf(Compilation.Compiled.class);
    }

    /** To remove the rule would be wrong. */
    @Test
    void doesNotReportARuleThatOnlyTemporaryRulesHide() throws IOException {
        var hiding = TEMPORARY
                .replace("users: [flooder]", "verbs: [get]")
                .replace("{level: Metadata}", "{level: Metadata, verbs: [get]}, {level: Metadata}");

        assertThat(findings(compileAt("2026-12-01T11:00:00Z", hiding))).noneMatch(finding -> finding.contains("AP101"));
    }

    @Test
    void refusesRulesThatHadEndedWhenTheSpecWasWritten() throws IOException {
        var late = TEMPORARY.replace("T11:00:00Z", "T12:30:00Z");

        assertThat(compileAt("2026-12-01T13:00:00Z", late))
                .isInstanceOfSatisfying(Compilation.InvalidSpec.class, invalid -> assertThat(invalid.problems())
                        .singleElement()
                        .asString()
                        .startsWith("spec.temporaryRules[0].until: \"2026-12-01T12:00:00Z\" is in the past"));
    }

    @Test
    void acceptsAnotherChangeAfterTheyEnded() throws IOException {
        var late = TEMPORARY.replace("T11:00:00Z", "T12:30:00Z")
                + "status: {temporaryRules: [{until: \"2026-12-01T12:00:00Z\", reason: flood, state: Ended}]}\n";

        assertThat(compileAt("2026-12-01T13:00:00Z", late)).isInstanceOf(Compilation.Compiled.class);
    }

    private static List<String> findings(Compilation compilation) {
        return ((Compilation.Compiled) compilation).findings();
    }

    private static AuditPolicy policy(String rule) throws IOException {
        return new YAMLMapper().readValue("""
                apiVersion: auditpolicy.dev/v1alpha1
                kind: AuditPolicy
                metadata: {name: cluster, uid: u, generation: 1}
                spec:
                  policy: {rules: [%s]}
                  log: {path: /var/log/kubernetes/audit/audit.log}
                """.formatted(rule), AuditPolicy.class);
    }

    private static Observation running(String... versions) {
        return new Observation(
                IntStream.range(0, versions.length)
                        .<Member>mapToObj(index -> new Member.OfHost("node-" + index, "node-" + index))
                        .toList(),
                IntStream.range(0, versions.length)
                        .boxed()
                        .collect(Collectors.toMap(index -> "node-" + index, index -> node(versions[index]))),
                List.of(),
                List.of(),
                List.of());
    }

    private static AuditNode node(String version) {
        var node = new AuditNode();
        node.setStatus(new AuditNodeStatus(
                1L,
                Phase.CHECKED,
                null,
                null,
                null,
                new KubeAPIServer(version, null, null),
                null,
                "",
                null,
                List.of()));
        return node;
    }
}
