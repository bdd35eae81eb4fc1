package dev.auditpolicy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LintCommandTest extends CommandTestCase {

    private static final String WILDCARD = """
        apiVersion: audit.k8s.io/v1
        kind: Policy
        omitStages: [RequestReceived]
        rules:
        - level: None
          verbs: ["*"]
        - level: Metadata
        """;

    private static final String AUDIT_POLICIES = """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: other}
        ---
        apiVersion: auditpolicy.dev/v1alpha1
        kind: AuditPolicy
        metadata: {name: cluster}
        spec:
          policy:
            rules:
            - level: Metadata
              verbs: ["*"]
          log:
            path: /var/log/kubernetes/audit/audit.log
            mode: batch
        """;

    @Test
    void printsThePositionAndTheFix() {
        assertThat(runWithInput(WILDCARD, "lint", "--ignore", "noisy-leases,AP401,AP403,AP305,AP311", "-"))
                .isEqualTo(new CommandResult(1, """
                    standard input:6:11: error: rules[0].verbs[0]: verbs does not support wildcards: "*" is\
                     compared literally, so the rule matches nothing [AP111 no-wildcard]
                      6 |   verbs: ["*"]
                        |           ^
                      fix: remove verbs: the rule then matches every verb
                    """, ""));
    }

    @Test
    void countsLinesInAStreamOfManifests() {
        CommandResult result = runWithInput(AUDIT_POLICIES, "lint", "-");

        assertThat(result.expectExitCode(1).out())
                .contains("standard input:12:15: error: spec.policy.rules[0].verbs[0]: ")
                .contains("standard input:15:5: warning: spec.log.mode: ");
    }

    @Test
    void exitsZeroForInformationUnlessStrict() {
        String file = CORPUS + "gce-2026.yaml";

        assertThat(run("lint", file).exitCode()).isZero();
        assertThat(run("lint", "--strict", file).exitCode()).isEqualTo(1);
    }

    @Test
    void readsDirectories() {
        write("sub/policy.yaml", WILDCARD);
        write("other.yaml", "kind: ConfigMap\n");
        write("README.md", WILDCARD);

        CommandResult result = run("lint", directory.toString());

        assertThat(result.expectExitCode(1).out())
                .contains("policy.yaml:6:11: error")
                .doesNotContain("README", "other.yaml");
    }

    @Test
    void rejectsADirectoryWithoutPolicies() {
        assertThat(run("lint", directory.toString()).expectExitCode(2).err())
                .startsWith("error: no policy in directory " + directory);
    }

    @Test
    void reportsWhatKubeApiServerRejects() {
        CommandResult result = runWithInput(WILDCARD.replace("None", "none"), "lint", "-");

        assertThat(result.expectExitCode(1).out())
                .startsWith("standard input:5:3: error: rules[0].level: Unsupported value: \"none\"")
                .contains("[AP001 rejected]");
    }

    @Test
    void checksBenchmarkItems() {
        CommandResult result = runWithInput(WILDCARD, "lint", "--profile", "cis,stig", "-");

        assertThat(result.out()).contains("  see: CIS 1.2.16, STIG V-242402, STIG V-242465");
    }

    @Test
    void reportsOnlyWhatAProfileRequires() {
        var stig = """
                apiVersion: audit.k8s.io/v1
                kind: Policy
                rules:
                - level: RequestResponse
                """;

        assertThat(runWithInput(stig, "lint", "--profile", "stig", "-").exitCode())
                .isEqualTo(1);
        assertThat(runWithInput(stig, "lint", "--profile", "stig", "--only-profile", "-")
                        .expectExitCode(0)
                        .out())
                .contains("STIG V-242402")
                .doesNotContain("AP201", "CIS");
    }

    @Test
    void rejectsOnlyProfileWithoutAProfile() {
        assertThat(runWithInput(WILDCARD, "lint", "--only-profile", "-")
                        .expectExitCode(2)
                        .err())
                .startsWith("error: --only-profile: name the benchmarks with --profile");
    }

    @Test
    void reportsNodesWhoseLogKeepsLessThanThreeMonths() {
        String policy = write("policy.yaml", run("init", "--preset", "pci").out());
        var nodes = """
                kind: List
                items:
                - kind: AuditNode
                  metadata: {name: cp1}
                  status: {log: {bytesPerSecond: 20000, retentionHours: 555}}
                - kind: AuditNode
                  metadata: {name: cp2}
                  status: {log: {bytesPerSecond: 5000, retentionHours: 2160}}
                - kind: AuditNode
                  metadata: {name: cp3}
                  status: {log: {bytesPerSecond: 5000}}
                - kind: AuditNode
                  metadata: {name: cp4}
                """;

        assertThat(runWithInput(nodes, "lint", "--profile", "pci", "--only-profile", "--nodes", "-", policy))
                .isEqualTo(new CommandResult(1, """
                        standard input: warning: AuditNode cp1 status.log.retentionHours: at 20000 bytes per second, the log\
                         keeps events for 555 hours, and PCI DSS requires the last three months (2160 hours) to be immediately\
                         available [AP616 short-retention]
                          fix: increase maxBackups or maxSizeMB, record less, or store the log elsewhere
                          see: PCI 10.5.1
                        standard input: info: AuditNode cp4 status.log.retentionHours: the growth of the log is not measured, so\
                         its retention is not known [AP616 short-retention]
                          fix: wait a minute after the agent has started, and check that it runs
                          see: PCI 10.5.1
                        """, ""));
    }

    @Test
    void rejectsNodesWithoutAProfileThatIsAboutThem() {
        assertThat(runWithInput(WILDCARD, "lint", "--profile", "cis", "--nodes", "nodes.yaml", "-")
                        .expectExitCode(2)
                        .err())
                .startsWith("error: --nodes: only --profile pci");
    }

    /** An API server sets them before the operator sees the object. */
    @Test
    void takesTheDefaultsOfTheLogForAbsentFields() {
        var auditPolicy = """
                apiVersion: auditpolicy.dev/v1alpha1
                kind: AuditPolicy
                metadata: {name: cluster}
                spec:
                  policy: {rules: [{level: Metadata}]}
                  log: {path: /var/log/kubernetes/audit/audit.log}
                """;

        assertThat(runWithInput(auditPolicy, "lint", "--profile", "cis", "-").out())
                .doesNotContain("AP602", "AP603", "AP604");
    }

    @Test
    void rejectsAnUnknownCodeToIgnore() {
        CommandResult result = runWithInput(WILDCARD, "lint", "--ignore", "AP999", "-");

        assertThat(result.expectExitCode(2).err())
                .startsWith("error: --ignore AP999: unknown code; use a code or name from the output");
    }

    @Test
    void reportsResourcesAndNamespacesThatTheClusterDoesNotHave() {
        String resources = write("resources.txt", """
                NAME      SHORTNAMES   APIVERSION       NAMESPACED   KIND     VERBS
                pods      po           v1               true         Pod      get,list
                widgets                example.com/v1   true         Widget   get,list
                """);
        String namespaces = write("namespaces.txt", "namespace/shop\n");

        CommandResult result = runWithInput("""
                apiVersion: audit.k8s.io/v1
                kind: Policy
                rules:
                - level: None
                  namespaces: [shpo]
                  resources: [{group: example.com, resources: [wigdets]}]
                - level: Metadata
                """, "lint", "--discovery", resources, "--namespaces", namespaces, "-");

        assertThat(result.out())
                .contains(
                        "6:48: warning: rules[0].resources[0].resources[0]: the cluster serves no resource \"wigdets\" in the"
                                + " API group \"example.com\" [AP131 no-such-resource]")
                .contains("  fix: did you mean \"widgets\"?", "  fix: did you mean \"shop\"?")
                .contains("the cluster has no namespace \"shpo\" [AP132 no-such-namespace]");
    }

    @Test
    void rejectsAnInvalidDiscoveryFile() {
        CommandResult result = run("lint", "--discovery", CORPUS + "gce-2026.yaml", CORPUS + "gce-2026.yaml");

        assertThat(result.expectExitCode(1).err())
                .startsWith("error: --discovery " + CORPUS + "gce-2026.yaml: contains no resources: create")
                .doesNotContain("--help");
    }

    @Test
    void listsTheMostSevereFirst() {
        CommandResult result = runWithInput(
                WILDCARD.replace("verbs: [\"*\"]", "resources: [{group: \"\", verbs: [get]}]"), "lint", "-");

        assertThat(result.out().indexOf("warning: rules[0].resources[0].verbs: unknown field [AP002"))
                .isNotNegative()
                .isLessThan(result.out().indexOf(": info: "));
    }

    @Test
    void ignoresWhatKubeApiServerDrops() {
        String dropped = WILDCARD + "other: 1\n";

        assertThat(runWithInput(dropped, "lint", "-").out()).contains("[AP002 dropped]");
        assertThat(runWithInput(dropped, "lint", "--ignore", "AP002", "-").out())
                .doesNotContain("AP002");
    }

    /** A dash of a word processor, and a space without width. */
    @ParameterizedTest
    @ValueSource(strings = {"\u2013 level: Metadata", "\u200b- level: Metadata"})
    void namesCharactersThatOneDoesNotSee(String line) {
        String policy = WILDCARD.replace("- level: Metadata", line);

        assertThat(runWithInput(policy, "lint", "-").out())
                .contains("fix: write \"- level\" in ordinary characters: the name contains U+20")
                .doesNotContain("fix: remove it");
    }

    /** A newer kube-apiserver may serve it. */
    @Test
    void reportsAnUnknownResourceUnlessTheVersionIsNewerThanTheKnownOnes() {
        String policy = WILDCARD.replace("verbs: [\"*\"]", "resources: [{group: apps, resources: [frobnicators]}]");

        assertThat(runWithInput(policy, "lint", "-").out()).contains("has no resource \"frobnicators\"");
        assertThat(runWithInput(policy, "lint", "--kubernetes-version", "1.37", "-")
                        .out())
                .doesNotContain("frobnicators\" [");
    }

    @Test
    void writesJson() {
        JsonNode finding = runWithInput(WILDCARD, "lint", "-o", "json", "-")
                .json()
                .path("findings")
                .path(0);

        assertThat(finding.path("file").asText()).isEqualTo("standard input");
        assertThat(finding.path("line").asInt()).isEqualTo(6);
        assertThat(finding.path("severity").asText()).isEqualTo("error");
        assertThat(finding.path("code").asText()).isEqualTo("AP111");
    }

    @Test
    void writesSarif() {
        JsonNode run = run("lint", "-o", "sarif", CORPUS + "gce-2026.yaml")
                .json()
                .path("runs")
                .path(0);

        assertThat(run.at("/tool/driver/rules/0/id").asText()).isEqualTo("AP125");
        assertThat(run.at("/results/0/ruleId").asText()).isEqualTo("AP125");
        assertThat(run.at("/results/0/level").asText()).isEqualTo("note");
        assertThat(run.at("/results/0/locations/0/physicalLocation/artifactLocation/uri")
                        .asText())
                .isEqualTo(CORPUS + "gce-2026.yaml");
        assertThat(run.at("/results/0/locations/0/physicalLocation/region/startLine")
                        .asInt())
                .isEqualTo(15);
    }
}
