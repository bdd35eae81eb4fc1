package dev.auditpolicy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LintCommandTest {

    private static final String FOLDER = "src/test/resources/policies/";

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
    void showsWhereAndWhatToDo() {
        assertThat(CommandResult.withInput(WILDCARD, "lint", "--ignore", "noisy-leases,AP401,AP403,AP305", "-"))
                .isEqualTo(new CommandResult(1, """
                    standard input:6:11: error: rules[0].verbs[0]: verbs does not support wildcards: "*" is\
                     compared literally, so the rule matches nothing [AP111 no-wildcard]
                      6 |   verbs: ["*"]
                        |           ^
                      fix: remove verbs: without it, every verb matches
                    """, ""));
    }

    @Test
    void countsLinesInAStreamOfManifests() {
        CommandResult result = CommandResult.withInput(AUDIT_POLICIES, "lint", "-");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out())
                .contains("standard input:12:15: error: spec.policy.rules[0].verbs[0]: ")
                .contains("standard input:15:5: warning: spec.log.mode: ");
    }

    @Test
    void passesInformationUnlessStrict() {
        assertThat(CommandResult.of("lint", FOLDER + "gce-2026.yaml").exitCode())
                .isZero();
        assertThat(CommandResult.of("lint", "--strict", FOLDER + "gce-2026.yaml")
                        .exitCode())
                .isEqualTo(1);
    }

    @Test
    void readsDirectories(@TempDir Path directory) throws IOException {
        Files.createDirectories(directory.resolve("sub"));
        Files.writeString(directory.resolve("sub/policy.yaml"), WILDCARD);
        Files.writeString(directory.resolve("other.yaml"), "kind: ConfigMap\n");
        Files.writeString(directory.resolve("README.md"), WILDCARD);

        CommandResult result = CommandResult.of("lint", directory.toString());

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).contains("policy.yaml:6:11: error").doesNotContain("README", "other.yaml");
    }

    @Test
    void refusesADirectoryWithoutPolicies(@TempDir Path directory) {
        assertThat(CommandResult.of("lint", directory.toString()))
                .returns(2, CommandResult::exitCode)
                .extracting(CommandResult::err)
                .asString()
                .startsWith("no policy in directory " + directory);
    }

    @Test
    void reportsWhatWouldBeRefused() {
        CommandResult result = CommandResult.withInput(WILDCARD.replace("None", "none"), "lint", "-");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out())
                .startsWith("standard input:5:3: error: rules[0].level: Unsupported value: \"none\"")
                .contains("[AP001 refused]");
    }

    @Test
    void checksTheItemsOfNorms() {
        CommandResult result = CommandResult.withInput(WILDCARD, "lint", "--profile", "cis,stig", "-");

        assertThat(result.out()).contains("  see: CIS 1.2.16, STIG V-242402, STIG V-242465");
    }

    @Test
    void refusesToIgnoreWhatIsNoCode() {
        CommandResult result = CommandResult.withInput(WILDCARD, "lint", "--ignore", "AP999", "-");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).startsWith("--ignore AP999: no such code; write it as in [AP401 noisy-events]");
    }

    @Test
    void findsWhatTheClusterDoesNotHave(@TempDir Path directory) throws IOException {
        Path resources = Files.writeString(directory.resolve("resources.txt"), """
                NAME      SHORTNAMES   APIVERSION       NAMESPACED   KIND     VERBS
                pods      po           v1               true         Pod      get,list
                widgets                example.com/v1   true         Widget   get,list
                """);
        Path namespaces = Files.writeString(directory.resolve("namespaces.txt"), "namespace/shop\n");

        CommandResult result = CommandResult.withInput(
                """
                apiVersion: audit.k8s.io/v1
                kind: Policy
                rules:
                - level: None
                  namespaces: [shpo]
                  resources: [{group: example.com, resources: [wigdets]}]
                - level: Metadata
                """, "lint", "--discovery", resources.toString(), "--namespaces", namespaces.toString(), "-");

        assertThat(result.out())
                .contains(
                        "6:48: warning: rules[0].resources[0].resources[0]: the cluster serves no resource \"wigdets\" in the"
                                + " API group \"example.com\" [AP131 no-such-resource]")
                .contains("  fix: did you mean \"widgets\"?", "  fix: did you mean \"shop\"?")
                .contains("the cluster has no namespace \"shpo\" [AP132 no-such-namespace]");
    }

    @Test
    void refusesADiscoveryFileThatIsNone() {
        CommandResult result =
                CommandResult.of("lint", "--discovery", FOLDER + "gce-2026.yaml", FOLDER + "gce-2026.yaml");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).startsWith("--discovery " + FOLDER + "gce-2026.yaml: contains no resources: create");
    }

    @Test
    void writesJson() throws IOException {
        JsonNode finding = new ObjectMapper()
                .readTree(CommandResult.withInput(WILDCARD, "lint", "-o", "json", "-")
                        .out())
                .path("findings")
                .path(0);

        assertThat(finding.path("file").asText()).isEqualTo("standard input");
        assertThat(finding.path("line").asInt()).isEqualTo(6);
        assertThat(finding.path("severity").asText()).isEqualTo("error");
        assertThat(finding.path("code").asText()).isEqualTo("AP111");
    }

    @Test
    void writesSarif() throws IOException {
        JsonNode run = new ObjectMapper()
                .readTree(CommandResult.of("lint", "-o", "sarif", FOLDER + "gce-2026.yaml")
                        .out())
                .path("runs")
                .path(0);

        assertThat(run.at("/tool/driver/rules/0/id").asText()).isEqualTo("AP125");
        assertThat(run.at("/results/0/ruleId").asText()).isEqualTo("AP125");
        assertThat(run.at("/results/0/level").asText()).isEqualTo("note");
        assertThat(run.at("/results/0/locations/0/physicalLocation/artifactLocation/uri")
                        .asText())
                .isEqualTo(FOLDER + "gce-2026.yaml");
        assertThat(run.at("/results/0/locations/0/physicalLocation/region/startLine")
                        .asInt())
                .isEqualTo(15);
    }
}
