package dev.auditpolicy.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which items pass. */
final class ReportItemsTest extends ReportTestCase {

    /** Ways in which nothing is proven about a node. */
    enum Doubt {
        EXPIRED(node -> proof(node).put("provenAt", "2026-11-30T11:44:59Z")),
        FROM_THE_FUTURE(node -> proof(node).put("provenAt", "2026-11-30T12:15:01Z")),
        NO_STATUS(node -> node.remove("status")),
        NO_PROOF(node -> status(node).remove("proof")),
        NOTHING_RUNNING(node -> status(node).remove("running")),
        OTHER_RUNNING(node -> ((ObjectNode) status(node).path("running")).put("revision", "0123456789abcdef")),
        RESTARTED(node -> ((ObjectNode) status(node).path("kubeAPIServer")).put("startedAt", "2026-11-30T11:59:00Z")),
        AUDITING_UNKNOWN(node -> condition(node, "Auditing").put("status", "Unknown")),
        LOG_LOST(node -> condition(node, "Auditing").put("status", "False")),
        OPEN_GAP(node -> status(node)
                .putObject("lastGap")
                .put("from", "2026-11-30T11:59:00Z")
                .put("why", "the log was deleted")),
        UNMANAGED(node -> status(node).put("phase", "Unmanaged")),
        OTHER_POLICY(node -> ((ObjectNode) node.path("spec"))
                .put("policy", node.at("/spec/policy").asText().replace("Request\n", "Metadata\n"))),
        OTHER_HASH(node -> proof(node).put("policySHA256", "0".repeat(64))),
        UNREADABLE(node -> status(node).put("phase", "Levitating"));

        @SuppressWarnings("ImmutableEnumChecker") // A lambda without state.
        private final Consumer<ObjectNode> change;

        Doubt(Consumer<ObjectNode> change) {
            this.change = change;
        }

        private static ObjectNode proof(ObjectNode node) {
            return (ObjectNode) status(node).path("proof");
        }
    }

    @Test
    void passIfEveryNodeIsProvenToMeetThem() {
        var result = report(well(), "cis");

        assertThat(result.exitCode()).as(result.out()).isZero();
        assertThat(result.json().at("/summary/pass").asInt()).isEqualTo(6);
        assertThat(result.reasons("1.2.17")).contains("--audit-log-maxage=30", "[\"cp1\",\"cp2\",\"cp3\"]");
    }

    @ParameterizedTest
    @EnumSource
    void areNotProvenIfNothingIsProvenAboutAnyNode(Doubt doubt) {
        var list = well();
        nodes(list).forEach(doubt.change);

        var result = report(list, "cis", "stig", "nsa", "pci");

        assertThat(result.exitCode()).isOne();
        assertThat(StreamSupport.stream(result.json().path("items").spliterator(), false))
                .isNotEmpty()
                .allSatisfy(item -> assertThat(item.path("reasons").findValuesAsText("result"))
                        .doesNotContain("pass"));
        assertThat(result.json().path("policies")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void areNotPassedByTheOtherNodes(Doubt doubt) {
        var list = well();
        doubt.change.accept(nodes(list).get(1));

        var result = report(list, "cis");

        assertThat(result.json().at("/summary/pass").asInt()).isZero();
        assertThat(result.reasons("3.2.2")).contains("\"nodes\":[\"cp1\",\"cp3\"]", "\"nodes\":[\"cp2\"]");
        assertThat(result.gaps()).contains("cp2");
    }

    @Test
    void failByTheNodeWhosePolicyDoesNotMeetThem() {
        var result = run("-o", "json", "--profile", "cis", MIXED);

        assertThat(result.result("3.2.2")).isEqualTo("fail");
        assertThat(result.reasons("3.2.2")).contains("\"nodes\":[\"cp2\"],\"message\":\"rules[0]: this rule drops");
        assertThat(result.result("3.2.1")).isEqualTo("notProven");
    }

    /** The hash of a policy is that of a text. That of a revision also covers the settings. */
    @Test
    void areNotProvenByEditedLogSettings() {
        var list = well();
        nodes(list).forEach(node -> ((ObjectNode) node.at("/spec/log")).put("maxAgeDays", 400));

        var result = report(list, "cis");

        assertThat(result.result("1.2.17")).isEqualTo("notProven");
        assertThat(result.result("3.2.2")).isEqualTo("pass");
    }

    @Test
    void failIfANodeIsKnownToRecordNothing() {
        var list = well();
        status(nodes(list).get(2)).remove("proof");
        ((ObjectNode) status(nodes(list).get(2)).path("observed"))
                .put("owner", "None")
                .remove("policy");

        var result = report(list, "cis", "pci");

        assertThat(result.result("3.2.1")).isEqualTo("fail");
        assertThat(result.result("10.2.1")).isEqualTo("fail");
        assertThat(result.result("1.2.16")).isEqualTo("notProven");
        assertThat(result.reasons("10.2.1")).contains("without an audit policy");
    }

    @Test
    void areNotProvenWithoutTheAuditNodeOfEveryKubeApiserver() {
        var list = well();
        ((ArrayNode) list.path("items")).remove(3);

        assertThat(report(list, "cis").reasons("1.2.16")).contains("counts 3", "there are 2 AuditNodes");
        assertThat(report(list, "cis").result("1.2.16")).isEqualTo("notProven");
    }

    @Test
    void areNotProvenWithoutTheAuditPolicyThatCountsTheNodes() {
        var list = well();
        ((ArrayNode) list.path("items")).remove(0);

        assertThat(report(list, "cis").result("1.2.16")).isEqualTo("notProven");
    }

    @Test
    void nameTheNodeWithoutAnAuditNode() {
        var list = well();
        var node = ((ArrayNode) list.path("items"))
                .addObject()
                .put("apiVersion", "v1")
                .put("kind", "Node");
        node.putObject("metadata")
                .put("name", "cp4")
                .putObject("labels")
                .put("node-role.kubernetes.io/control-plane", "");

        assertThat(report(list, "cis").gaps()).contains("\"subject\":\"cp4\"", "has no AuditNode");
    }

    @Test
    void sayWhereTheEvidenceIsThatNoResourceHas() {
        var result = report(well(), "pci");

        assertThat(result.result("10.7.2")).isEqualTo("cannotBeChecked");
        assertThat(result.reasons("10.7.2")).contains("AuditLogLost");
    }

    @ParameterizedTest
    @ValueSource(strings = {"71 fail", "2160 cannotBeChecked", "8760 pass"})
    void judgeTheRetentionThatWasMeasured(String hoursAndResult) {
        var list = well();
        nodes(list).forEach(node -> ((ObjectNode) status(node).path("log"))
                .put("retentionHours", Integer.parseInt(hoursAndResult.split(" ")[0])));

        assertThat(report(list, "pci").result("10.5.1"))
                .isEqualTo(hoursAndResult.split(" ")[1]);
    }

    @Test
    void doNotProveARetentionThatWasNotMeasured() {
        var list = well();
        ((ObjectNode) status(nodes(list).getFirst()).path("log")).remove("bytesPerSecond");

        assertThat(report(list, "pci").result("10.5.1")).isEqualTo("fail");
        assertThat(report(list, "pci").reasons("10.5.1")).contains("not measured");
    }
}
