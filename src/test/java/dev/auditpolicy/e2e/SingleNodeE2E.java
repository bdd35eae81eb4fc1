package dev.auditpolicy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.auditpolicy.lab.Lab;
import dev.auditpolicy.lab.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** One node: the API that agent and controller talk to is the one that they restart. */
@TestMethodOrder(OrderAnnotation.class)
class SingleNodeE2E {

    private static final String NODE = "cp1";
    private static final String MANIFEST = "/etc/kubernetes/manifests/kube-apiserver.yaml";
    private static final String POLICY = "/etc/kubernetes/audit-policy.yaml";
    private static final String LOG = "/var/log/kubernetes/audit/audit.log";
    private static final String FOREIGN = "    - --audit-log-path=/var/log/by-hand.log\n";

    private static final String HEADER = "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n";

    private static Lab lab;
    private static Operator operator;

    @BeforeAll
    static void aNodeWhoseAuditFlagsSomebodySetByHand() {
        lab = Lab.startAnew(1);
        operator = Operator.install(lab);
        var before = operator.apiServer(NODE);
        var manifest = lab.readFile(NODE, MANIFEST);
        lab.writeFile(
                NODE, MANIFEST, manifest.replace("    - --secure-port=6443\n", "    - --secure-port=6443\n" + FOREIGN));
        awaitAnotherApiServer(before);
    }

    @Test
    @Order(1)
    void refusesFlagsThatAreNotItsOwnAndChangesNothing() throws IOException {
        var manifest = lab.readFile(NODE, MANIFEST);

        operator.apply(Files.readString(Path.of("src/test/resources/e2e/metadata-of-secrets.yaml")));
        operator.awaitCondition("Stalled");

        assertThat(operator.message("Ready")).contains("cp1", "--audit-log-path", "/var/log/by-hand.log");
        assertThat(lab.readFile(NODE, MANIFEST)).isEqualTo(manifest);
        assertThat(lab.exec(NODE, "ls", "/etc/kubernetes")).doesNotContain("audit-policy.yaml");
    }

    @Test
    @Order(2)
    void goesOnByItselfWhenTheFlagsAreGone() {
        var before = operator.apiServer(NODE);
        lab.writeFile(NODE, MANIFEST, lab.readFile(NODE, MANIFEST).replace(FOREIGN, ""));
        awaitAnotherApiServer(before);

        operator.awaitReadyAcrossRestarts();

        assertThat(lab.readFile(NODE, POLICY)).contains("level: \"Request\"");
        assertThat(lab.exec(NODE, "stat", "-c", "%a %u", POLICY, MANIFEST)).isEqualTo("600 0\n600 0\n");
    }

    @Test
    @Order(3)
    void anAgentThatIsKilledInTheMiddleOfItsTurnFinishesIt() throws IOException {
        var before = operator.apiServer(NODE);
        var changed = Files.readString(Path.of("src/test/resources/e2e/metadata-of-secrets.yaml"))
                .replace("level: Metadata", "level: RequestResponse");

        operator.apply(changed);
        await().atMost(Duration.ofMinutes(2)).until(() -> lab.readFile(NODE, "/var/lib/auditpolicy/journal.json")
                .contains("\"open\""));
        lab.exec(NODE, "sh", "-c", "kill -9 $(pgrep -f '[q]uarkus-run.jar agent')");

        operator.awaitReadyAcrossRestarts();
        assertThat(lab.readFile(NODE, POLICY)).contains("level: \"RequestResponse\"");
        assertThat(operator.apiServer(NODE)).isNotEqualTo(before);
        assertThat(lab.readFile(NODE, "/var/lib/auditpolicy/journal.json")).doesNotContain("\"open\"");
    }

    /** No AuditPolicy gets so far: the controller refuses it first. So it is stopped, and its part is played. */
    @Test
    @Order(4)
    void asksTheNodesOwnApiServerBeforeAnythingIsTouched() throws IOException {
        var before = operator.apiServer(NODE);
        var policy = lab.readFile(NODE, POLICY);
        try {
            operator.scaleController(0);
            operator.replaceSpecOf(NODE, Map.of("revision", "other", "policy", HEADER + "- level: Metadat\n"));
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(operator.field("auditnode/" + NODE, ".status.phase"))
                            .isEqualTo("Refused"));

            assertThat(operator.field("auditnode/" + NODE, ".status.message"))
                    .contains("rules[0].level: Unsupported value: \"Metadat\"");
            assertThat(lab.readFile(NODE, POLICY)).isEqualTo(policy);
            assertThat(operator.apiServer(NODE)).isEqualTo(before);
        } finally {
            operator.scaleController(1);
        }
        operator.awaitReadyAcrossRestarts();
    }

    @Test
    @Order(5)
    void aHeldNodeIsLeftAloneAndSaysSo() throws IOException {
        var before = operator.apiServer(NODE);
        operator.putCommandOn(NODE);
        lab.exec(NODE, "auditpolicy", "hold", "looking at the API server");

        operator.apply(Files.readString(Path.of("src/test/resources/e2e/metadata-of-secrets.yaml")));
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(operator.message("Ready"))
                .contains(NODE, "/var/lib/auditpolicy/hold", "looking at the API server"));

        assertThat(operator.field("auditnode/" + NODE, ".status.phase")).isEqualTo("Held");
        assertThat(operator.apiServer(NODE)).isEqualTo(before);
        lab.exec(NODE, "auditpolicy", "hold", "--release");
        operator.awaitReadyAcrossRestarts();
    }

    @Test
    @Order(9)
    void provesByARequestOfItsOwnThatTheLogRecordsWhatThePolicySays() throws IOException {
        assertThat(operator.field("auditnode/" + NODE, ".status.proof.canary.level"))
                .isEqualTo("None");
        assertThat(linesOfCanary()).isEmpty();

        operator.apply(ofAuditNodesToo());
        operator.awaitReadyAcrossRestarts();

        assertThat(operator.field("auditnode/" + NODE, ".status.proof.canary.level"))
                .isEqualTo("Metadata");
        assertThat(linesOfCanary()).contains("\"level\":\"Metadata\"", "\"verb\":\"get\"", "auditnodes/" + NODE);
        assertThat(operator.field("auditnode/" + NODE, ".status.log.worstCaseBytes"))
                .isEqualTo(Long.toString(1100L * 1024 * 1024));
    }

    /** kubernetes#111208: kube-apiserver itself notices nothing. */
    @Test
    @Order(10)
    void aLogThatIsDeletedIsNoticedAndPutBackOnATurn() {
        var before = operator.apiServer(NODE);
        lab.exec(NODE, "rm", LOG);

        await().atMost(Duration.ofMinutes(3))
                .ignoreExceptionsMatching(LabException.class::isInstance)
                .untilAsserted(() -> {
                    assertThat(operator.apiServer(NODE)).isNotEqualTo(before);
                    assertThat(effective()).contains("True");
                });
        operator.awaitReadyAcrossRestarts();
        assertThat(noLongerEffective()).contains("deleted file", LOG);
        lab.exec(NODE, "test", "-s", LOG);
    }

    @Test
    @Order(11)
    void refusesALogThatCannotBeBeforeAnythingIsTouched() throws IOException {
        var before = operator.apiServer(NODE);
        var path = "/var/log/kubernetes/taken/audit.log";
        lab.exec(NODE, "mkdir", "-p", path);

        operator.apply(ofAuditNodesToo().replace(LOG, path));
        operator.awaitCondition("Stalled");
        assertThat(operator.message("Ready")).contains(NODE, path + " is a directory, not a file");
        assertThat(operator.apiServer(NODE)).isEqualTo(before);

        operator.apply(Files.readString(Path.of("src/test/resources/e2e/metadata-of-secrets.yaml")));
        operator.awaitReadyAcrossRestarts();
    }

    /** So that the agent's canary is recorded. */
    private static String ofAuditNodesToo() throws IOException {
        return Files.readString(Path.of("src/test/resources/e2e/metadata-of-secrets.yaml"))
                .replace(
                        "    - level: None",
                        "    - level: Metadata\n      resources: [{group: auditpolicy.dev}]\n    - level: None");
    }

    /** On one node the API server is away before anybody reads the phase. An Event stays. */
    private static String noLongerEffective() {
        return lab.kubectl(
                "-n",
                "default",
                "get",
                "events",
                "--field-selector=reason=NoLongerEffective",
                "-o",
                "jsonpath={.items[*].message}");
    }

    private static String effective() {
        return operator.field("auditnode/" + NODE, ".status.conditions[?(@.type==\"Effective\")]");
    }

    private static String linesOfCanary() {
        var auditID = operator.field("auditnode/" + NODE, ".status.proof.canary.auditID");
        assertThat(auditID).hasSize(36);
        return lab.exec(NODE, "sh", "-c", "grep -h " + auditID + " /var/log/kubernetes/audit/*.log || true");
    }

    /** The steps of docs/runbook.md, with all that can be wrong on disk and a kubelet that has seen no API server. */
    @Test
    @Order(6)
    void restoreBringsTheApiBack() {
        lab.exec(NODE, "sh", "-c", "echo 'kind: Nonsense' > " + POLICY);
        lab.exec(NODE, "sed", "-i", "s/--audit-log-maxage=30/--audit-log-maxage=thirty/", MANIFEST);
        await().atMost(Duration.ofMinutes(2))
                .ignoreExceptionsMatching(LabException.class::isInstance)
                .until(() -> !lab.isReady(NODE));
        lab.exec(NODE, "sh", "-c", "kill -9 $(pgrep -x kubelet); kill -9 $(pgrep -x kube-apiserver) || true");
        assertThat(lab.exec(NODE, "auditpolicy", "status")).contains("not ready");

        var told = lab.exec(NODE, "auditpolicy", "restore");

        assertThat(told).contains("kube-apiserver runs without an audit policy of this operator");
        assertThat(lab.isReady(NODE)).isTrue();
        assertThat(lab.readFile(NODE, MANIFEST))
                .isEqualTo(lab.readFile(NODE, "/var/lib/auditpolicy/original-kube-apiserver.yaml"));
        assertThat(lab.exec(NODE, "ls", "-A", "/etc/kubernetes")).doesNotContain("audit-policy.yaml");

        lab.exec(NODE, "auditpolicy", "hold", "--release");
        operator.awaitReadyAcrossRestarts();
        assertThat(lab.readFile(NODE, POLICY)).contains("level: \"Metadata\"");
    }

    @Test
    @Order(7)
    void aPolicyAloneRestartsTheContainerInItsPod() throws IOException {
        var manifest = lab.readFile(NODE, MANIFEST);
        var before = operator.apiServer(NODE);

        operator.apply(Files.readString(Path.of("src/test/resources/e2e/metadata-of-secrets.yaml"))
                .replace("level: Metadata", "level: RequestResponse"));
        operator.awaitReadyAcrossRestarts();

        assertThat(operator.field("auditnode/" + NODE, ".status.lastTurn.restart.strategy"))
                .isEqualTo("InPlace");
        assertThat(operator.apiServer(NODE)).isNotEqualTo(before);
        assertThat(lab.readFile(NODE, MANIFEST)).isEqualTo(manifest);
    }

    @Test
    @Order(8)
    void whatIsEditedByHandIsPutBackOnATurnAndTheSecondTimeReportedAndLeft() {
        var policy = lab.readFile(NODE, POLICY);
        lab.writeFile(NODE, POLICY, policy + "# edited\n");
        await("it is put back")
                .atMost(Duration.ofMinutes(3))
                .ignoreExceptionsMatching(LabException.class::isInstance)
                .until(() -> lab.readFile(NODE, POLICY).equals(policy));
        operator.awaitReadyAcrossRestarts();
        assertThat(noLongerEffective()).contains("changed " + POLICY);
        assertThat(operator.field("auditnode/" + NODE, ".status.lastTurn.restart"))
                .contains("Recreate", "restarted");

        var before = operator.apiServer(NODE);
        lab.writeFile(NODE, POLICY, policy + "# edited again\n");
        operator.awaitCondition("Stalled");

        assertThat(operator.message("Ready")).contains(NODE, "changed again by somebody else", POLICY);
        assertThat(lab.readFile(NODE, POLICY)).contains("# edited again");
        assertThat(operator.apiServer(NODE)).isEqualTo(before);
        lab.writeFile(NODE, POLICY, policy);
        operator.awaitReady();
    }

    private static void awaitAnotherApiServer(String before) {
        await().atMost(Duration.ofMinutes(3))
                .ignoreExceptionsMatching(LabException.class::isInstance)
                .untilAsserted(() -> {
                    assertThat(operator.apiServer(NODE)).isNotEmpty().isNotEqualTo(before);
                    assertThat(lab.isReady(NODE)).isTrue();
                });
    }
}
