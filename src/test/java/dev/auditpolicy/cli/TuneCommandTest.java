package dev.auditpolicy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TuneCommandTest extends CommandTestCase {

    private static final String RECORDED = "src/replay/events.log.gz";
    private static final String GCE = CORPUS + "gce-2026.yaml";
    private static final int WIDTH = 100;

    private static String event(String user, String time) {
        return "{\"level\":\"Metadata\",\"stage\":\"ResponseComplete\",\"requestURI\":\"/api/v1/pods\",\"verb\":\"list\","
                + "\"user\":{\"username\":\"" + user + "\",\"groups\":[\"system:authenticated\"]},"
                + "\"stageTimestamp\":\"2026-01-31T" + time + "Z\"}\n";
    }

    private String log(String user) {
        return write("audit.log", event(user, "12:00:00") + event(user, "14:00:00"));
    }

    private String policy() {
        return write("policy.yaml", """
                # Ours.
                apiVersion: audit.k8s.io/v1
                kind: Policy
                omitStages: [RequestReceived]  # one event
                rules:
                # Secrets.
                - level: Metadata
                  resources: [{group: "", resources: [secrets]}]
                # The rest.
                - level: Metadata
                """);
    }

    @Test
    void succeedsIfTheLogKeepsTheBudget() {
        CommandResult result = run("tune", "--policy", policy(), "--budget", "1GB/day", log("jane"));

        assertThat(result.expectExitCode(0).out()).contains("Nothing to do: the log keeps the budget.");
    }

    @Test
    void succeedsIfTheProposalKeepsTheBudget() {
        CommandResult result = run("tune", "--policy", policy(), "--budget", "1kB/day", log("system:kube-scheduler"));

        assertThat(result.expectExitCode(0).out())
                .contains("Before rules[1] Metadata (line 10):", "- level: None", "0.0 % apart", "nothing is lost");
    }

    @Test
    void failsIfTheBudgetCannotBeKept() {
        CommandResult result = run("tune", "--policy", policy(), "--budget", "1kB/day", log("jane"));

        assertThat(result.expectExitCode(1).out())
                .contains("The budget cannot be kept: ", "requests of people", "list pods");
    }

    @Test
    void fitsInAHundredColumnsBesidesTheRules() {
        CommandResult result = run("tune", "--policy", GCE, "--budget", "1MB/day", RECORDED);

        assertThat(result.expectExitCode(1).out().lines().filter(line -> line.endsWith("%")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(WIDTH));
    }

    @Test
    void writesTheWholePolicyWithItsComments() {
        CommandResult result =
                run("tune", "--policy", policy(), "--budget", "1kB/day", "-o", "yaml", log("system:kube-scheduler"));

        assertThat(result.expectExitCode(0).out()).isEqualTo("""
                # Ours.
                apiVersion: audit.k8s.io/v1
                kind: Policy
                omitStages: [RequestReceived]  # one event
                rules:
                # Secrets.
                - level: Metadata
                  resources: [{group: "", resources: [secrets]}]
                # tune: reads by system:kube-scheduler: pods
                # saves 5.0 kB/day (100.0 %): reads that a program repeats; what it changes stays in the log
                - level: None
                  users: ["system:kube-scheduler"]
                  verbs: [list]
                  resources:
                  - {group: "", resources: [pods]}
                # The rest.
                - level: Metadata
                """);
    }

    @Test
    void changesFieldsAndLevelsInTheirPlace() {
        String original = write("policy.yaml", """
                apiVersion: audit.k8s.io/v1
                kind: Policy
                omitStages:
                  - ResponseStarted
                omitManagedFields: false  # ours
                rules:
                # Of the scheduler.
                - users: ["system:kube-scheduler"]
                  level: "Metadata"  # enough
                  verbs: [list]
                  resources: [{group: "", resources: [pods]}]
                - level: RequestResponse
                  resources: [{group: rbac.authorization.k8s.io}]
                """);
        String role = event("jane", "12:00:00")
                .replace("/api/v1/pods", "/apis/rbac.authorization.k8s.io/v1/clusterroles")
                .replace("list", "create")
                .replace("Metadata", "RequestResponse")
                .replace("\"user\":", "\"responseObject\":{\"metadata\":{\"managedFields\":[{}]}},\"user\":");
        String arrival = role.replaceFirst("\"responseObject.*\"user\"", "\"user\"")
                .replace("ResponseComplete", "RequestReceived");
        String log = write(
                "audit.log", event("system:kube-scheduler", "12:00:00") + arrival + role + event("jane", "14:00:00"));

        CommandResult result = run("tune", "--policy", original, "--budget", "1kB/day", "-o", "yaml", log);

        assertThat(result.err()).doesNotContain("without comments");
        assertThat(result.out().replaceAll("(?m)^ *# (tune|saves).*\n", "")).isEqualTo("""
                apiVersion: audit.k8s.io/v1
                kind: Policy
                omitStages:
                  - ResponseStarted
                  - RequestReceived
                omitManagedFields: true  # ours
                rules:
                # Of the scheduler.
                - users: ["system:kube-scheduler"]
                  level: None  # enough
                  verbs: [list]
                  resources: [{group: "", resources: [pods]}]
                - level: RequestResponse
                  resources: [{group: rbac.authorization.k8s.io}]
                """);
    }

    @Test
    void leavesTemporaryRulesAsTheyAre() {
        String policy = write("policy.yaml", """
                apiVersion: auditpolicy.dev/v1alpha1
                kind: AuditPolicy
                metadata:
                  name: cluster
                spec:
                  temporaryRules:
                  - until: "2100-01-01T00:00:00Z"
                    reason: an incident
                    rules:
                    - level: Metadata
                      resources: [{group: "", resources: [pods]}]
                  policy:
                    omitStages: [RequestReceived]
                    rules:
                    - level: Metadata  # the rest
                  log:
                    path: /var/log/kubernetes/audit/audit.log
                """);
        String log = write(
                "audit.log",
                event("system:kube-scheduler", "12:00:00")
                        + event("system:kube-scheduler", "14:00:00").replace("pods", "nodes"));

        CommandResult yaml = run("tune", "--policy", policy, "--budget", "1kB/day", "-o", "yaml", log);

        assertThat(yaml.expectExitCode(1).out())
                .containsSubsequence("resources: [pods]", "policy:", "resources: [nodes]", "# the rest");
        assertThat(run("tune", "--policy", policy, "--budget", "1kB/day", log).out())
                .contains("recorded by temporary rules");
    }

    @ParameterizedTest
    @CsvSource({"blocking-strict, none", "blocking, omitStages: [RequestReceived]"})
    void keepsTheStageThatModeBlockingStrictNeeds(String mode, String proposed) {
        String policy = write("policy.yaml", """
                apiVersion: auditpolicy.dev/v1alpha1
                kind: AuditPolicy
                metadata:
                  name: cluster
                spec:
                  policy:
                    rules:
                    - level: Metadata
                  log:
                    path: /var/log/kubernetes/audit/audit.log
                    mode: %s
                """.formatted(mode));
        String log = write(
                "audit.log",
                event("jane", "12:00:00").replace("ResponseComplete", "RequestReceived") + event("jane", "14:00:00"));

        assertThat(run("tune", "--policy", policy, "--budget", "1kB/day", log).out())
                .contains(proposed);
    }

    @ParameterizedTest
    @CsvSource({"recommended, 100MB/day", "pci, 100MB/day", "nsa, 200MB/day", "cis, 100MB/day", "stig, 1GB/day"})
    void writesAnAuditPolicyThatReplaysAsPredicted(String preset, String budget) throws IOException {
        String original = write("preset.yaml", run("init", "--preset", preset).out());
        JsonNode json = run("tune", "--policy", original, "--budget", budget, "-o", "json", RECORDED)
                .json();
        String changed = write(
                "changed.yaml",
                run("tune", "--policy", original, "--budget", budget, "-o", "yaml", RECORDED)
                        .out());

        assertThat(Files.readString(Path.of(changed)))
                .contains("kind: AuditPolicy", "# tune: ", "maxAgeDays")
                .isEqualTo(json.path("tunedPolicy").asText());
        assertThat(run("replay", "--policy", changed, "-o", "json", RECORDED)
                        .json()
                        .path("all")
                        .path("then")
                        .path("maxBytes")
                        .asLong())
                .isEqualTo(json.path("then").path("maxBytes").asLong());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gce-2026", "gce-2020", "gosoon-chinese-comments", "unbyte-etc-kubernetes"})
    void keepsTheLinesOfPoliciesFromTheField(String name) throws IOException {
        String file = CORPUS + name + ".yaml";
        CommandResult result = run("tune", "--policy", file, "--budget", "1MB/day", "-o", "yaml", RECORDED);

        assertThat(result.err()).doesNotContain("without comments");
        assertThat(result.out().lines()).containsSubsequence(Files.readAllLines(Path.of(file)));
    }

    @Test
    void writesACanonicalPolicyForOneThatHasNoLinesOfItsOwn() {
        String json = write(
                "policy.json",
                "{\"apiVersion\":\"audit.k8s.io/v1\",\"kind\":\"Policy\",\"rules\":[{\"level\":\"Metadata\"}]}");

        CommandResult result =
                run("tune", "--policy", json, "--budget", "1kB/day", "-o", "yaml", log("system:kube-scheduler"));

        assertThat(result.expectExitCode(0).err()).contains("without comments");
        assertThat(result.out()).contains("- level: \"None\"", "- level: \"Metadata\"");
    }

    @Test
    void writesNumbersForPrograms() {
        JsonNode json = run("tune", "--policy", policy(), "--budget", "1kB/day", "-o", "json", log("jane"))
                .expectExitCode(1)
                .json();

        assertThat(json.path("withinBudget").asBoolean()).isFalse();
        assertThat(json.path("seconds").asLong()).isEqualTo(7200);
        assertThat(json.path("keep").path(0).asText()).isEqualTo("cis");
        assertThat(json.path("check").path("confirmed").asBoolean()).isTrue();
        assertThat(json.path("remaining").path(0).path("reason").asText()).isEqualTo("requests of people");
    }

    @Test
    void countsOnlyTheTimeThatIsAskedFor() {
        String log =
                write("audit.log", event("jane", "12:00:00") + event("jane", "14:00:00") + event("jane", "15:00:00"));

        JsonNode json = run(
                        "tune",
                        "--policy",
                        policy(),
                        "--budget",
                        "1GB/day",
                        "--until",
                        "2026-01-31T14:30:00Z",
                        "-o",
                        "json",
                        log)
                .json();

        assertThat(json.path("events").asLong()).isEqualTo(2);
        assertThat(json.path("seconds").asLong()).isEqualTo(7200);
    }

    @Test
    void warnsOfALogOfAShortTime() {
        String log = write("audit.log", event("jane", "12:00:00") + event("jane", "12:10:00"));

        CommandResult result = run("tune", "--policy", policy(), "--budget", "1GB/day", log);

        assertThat(result.expectExitCode(0).err()).contains("the log is of 10 min 0 s only");
    }

    @Test
    void needsMoreThanOneSecond() {
        String log = write("audit.log", event("jane", "12:00:00"));

        CommandResult result = run("tune", "--policy", policy(), "--budget", "1GB/day", log);

        assertThat(result.expectExitCode(2).err()).contains("all events are of the same second");
    }

    @Test
    void needsTimes() {
        String log = write("audit.log", event("jane", "12:00:00").replace("stageTimestamp", "timestamp"));

        CommandResult result = run("tune", "--policy", policy(), "--budget", "1GB/day", log);

        assertThat(result.expectExitCode(2).err()).contains("no event has a stageTimestamp");
    }

    @Test
    void warnsIfThePolicyDidNotRecordTheLog() {
        String policy = write("all.yaml", "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n- level: Metadata\n");

        CommandResult result = run("tune", "--policy", policy, "--budget", "1GB/day", log("jane"));

        assertThat(result.err()).contains("use the policy that recorded the log");
    }

    @ParameterizedTest
    @CsvSource({
        "2GB, has no unit of time",
        "2Gb/day, did you mean GB?",
    })
    void explainsAWrongBudget(String budget, String message) {
        CommandResult result = run("tune", "--policy", policy(), "--budget", budget, log("jane"));

        assertThat(result.expectExitCode(2).err()).contains("--budget", "'" + budget + "'", message);
    }

    @Test
    void readsNoStandardInput() {
        CommandResult result =
                runWithInput(event("jane", "12:00:00"), "tune", "--policy", policy(), "--budget", "1GB/day", "-");

        assertThat(result.expectExitCode(2).err()).contains("tune reads the log twice");
    }

    @Test
    void rejectsAnUnknownProfile() {
        CommandResult result = run("tune", "--policy", policy(), "--budget", "1GB/day", "--keep", "hipaa", log("jane"));

        assertThat(result.expectExitCode(2).err()).contains("--keep", "hipaa");
    }

    @Test
    void saysTheSameOfLinesThatAreNoEventsOnlyOnce() {
        String log = write("audit.log", event("system:kube-scheduler", "12:00:00") + "x\n" + event("jane", "14:00:00"));

        CommandResult result = run("tune", "--policy", policy(), "--budget", "1kB/day", log);

        assertThat(result.err().lines().filter(line -> line.contains(log + ":2")))
                .hasSize(1);
    }
}
