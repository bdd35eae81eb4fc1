package dev.auditpolicy.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects of a newer release, or that another CRD admitted, as the client reads them. */
class OddObjectsTest {

    private final KubernetesSerialization serialization = new KubernetesSerialization();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "phase: Restoring",
                "phase: {name: Effective}",
                "proof: {revision: a, pid: 1.0e30, startedAt: '2026-01-01T00:00:00Z', policySHA256: a, provenAt: never}",
                "lastTurn: {id: a}",
                "kubeAPIServer: v1.36.3",
                "observedGeneration: 99999999999999999999",
            })
    void countsAStatusThatIsPartlyUnreadableAsPending(String field) {
        var status = status(field + "\n  activeTurnID: t1\n  revision: a");

        assertThat(status.phase()).isEqualTo(Phase.PENDING);
        assertThat(status.message()).contains("status." + field.substring(0, field.indexOf(':')), "same release");
        assertThat(status.activeTurnID()).isEqualTo("t1");
        assertThat(status.revision()).isEqualTo("a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "log: {eventRates: [{level: Everything, perSecond: '1'}]}",
                "conditions: [{type: Effective}, null]",
                "novelty: {a: b}",
                "kubeAPIServer: {version: v1.36.3, novelty: a}",
            })
    void ignoresUnreadableInformation(String field) {
        assertThat(status("phase: Checked\n  " + field).phase()).isEqualTo(Phase.CHECKED);
    }

    @ParameterizedTest
    @CsvSource({
        "v1.36.3, 10.0.0.1:6443, v1.36.3, 10.0.0.1:6443",
        "1.36, '[fd00::1]:6443', 1.36, '[fd00::1]:6443'",
        "v1.31.4-eks-1234, cp1.example.com:6443, v1.31.4-eks-1234, cp1.example.com:6443",
        "garbage, 'evil.example/?:6443',,",
        "'', 10.0.0.1,,",
        "v1, 'user@10.0.0.1:6443',,",
    })
    void dropsAVersionOrAddressThatIsNone(String version, String address, String knownVersion, String knownAddress) {
        var server = new KubeAPIServer(version, address, null);

        assertThat(server).isEqualTo(new KubeAPIServer(knownVersion, knownAddress, null));
    }

    @Test
    void readsASpecOfANewerReleaseAsAbsent() {
        var spec = "spec: {revision: a, policyGeneration: 1, policy: p, log: {path: /a, mode: quantum}}";

        var node = serialization.unmarshal(
                "apiVersion: auditpolicy.dev/v1alpha1\nkind: AuditNode\n" + spec, AuditNode.class);
        var policy = serialization.unmarshal(
                "apiVersion: auditpolicy.dev/v1alpha1\nkind: AuditPolicy\n" + spec, AuditPolicy.class);

        assertThat(node.getSpec()).isNull();
        assertThat(policy.getSpec()).isNull();
    }

    /** Without a spec, an agent only observes; with one that it cannot read, it asks for an update. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                | false",
                "spec: null                      | false",
                "spec: {log: {mode: quantum}}    | true",
                "spec: {revision: a, novelty: 1} | true",
            })
    void tellsAnUnreadableSpecFromNone(String spec, boolean unreadable) {
        var text = "apiVersion: auditpolicy.dev/v1alpha1\nkind: AuditNode\nmetadata: {name: cp1}\n"
                + (spec == null ? "" : spec + "\n");

        var single = serialization.unmarshal(text, AuditNode.class);
        var listed = serialization.unmarshal(
                serialization.asJson(Map.of(
                        "kind",
                        "AuditNodeList",
                        "apiVersion",
                        "auditpolicy.dev/v1alpha1",
                        "items",
                        List.of(serialization.unmarshal(text, Map.class)))),
                AuditNodes.class);

        assertThat(single.hasUnreadableSpec()).isEqualTo(unreadable);
        assertThat(listed.getItems().getFirst().hasUnreadableSpec()).isEqualTo(unreadable);
    }

    static final class AuditNodes extends DefaultKubernetesResourceList<AuditNode> {}

    @Test
    void ignoresFieldsThatANewerReleaseHasAddedToTheStatus() {
        var policy = serialization.unmarshal("""
                apiVersion: auditpolicy.dev/v1alpha1
                kind: AuditPolicy
                status: {novelty: a, revision: a, nodes: {total: 1, novelty: 2}, conditions: []}
                """, AuditPolicy.class);

        assertThat(policy.getStatus().revision()).isEqualTo("a");
        assertThat(policy.getStatus().nodes().total()).isEqualTo(1);
    }

    private AuditNodeStatus status(String fields) {
        return serialization.unmarshal("""
                        apiVersion: auditpolicy.dev/v1alpha1
                        kind: AuditNode
                        metadata: {name: cp1}
                        status:
                          %s
                        """.formatted(fields), AuditNode.class).getStatus();
    }
}
