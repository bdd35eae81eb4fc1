package dev.auditpolicy.observed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.AuditNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiServerAbsenceTest {

    /** A kube-apiserver that is down, or was seen once, or whose node acts, is one. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{phase: Observed, observed: {summary: unknown, owner: Unknown, host: {kind: Unknown}}} | true",
                "{phase: Observed, observed: {summary: unknown, owner: Unknown, host: {kind: Unknown, distribution: kubeadm}}} | false",
                "{phase: Observed, observed: {summary: unknown, owner: Unknown, host: {kind: Unknown, distribution: k3s}}} | false",
                "{phase: Observed, observed: {summary: off, owner: None, host: {kind: StaticPod}}} | false",
                "{kubeAPIServer: {version: v1.36.3}, observed: {summary: a, owner: Unknown, host: {kind: Unknown}}} | false",
                "{activeTurnID: t1, observed: {summary: a, owner: Unknown, host: {kind: Unknown}}} | false",
                "{phase: Pending, observed: {summary: unknown, owner: Unknown}} | false",
                "{phase: Pending} | false",
                "null | false",
            })
    void isReportedOnlyWithoutAnySignOfOne(String status, boolean expected) {
        var node = Serialization.unmarshal(
                "apiVersion: auditpolicy.dev/v1alpha1\nkind: AuditNode\nmetadata: {name: w1}\nstatus: " + status,
                AuditNode.class);

        assertThat(ApiServerAbsence.isReported(node)).isEqualTo(expected);
    }
}
