package dev.auditpolicy.agent.metrics;

import static dev.auditpolicy.telemetry.Family.byValue;
import static dev.auditpolicy.telemetry.Family.info;
import static dev.auditpolicy.telemetry.Family.time;

import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.KubeAPIServer;
import dev.auditpolicy.api.v1alpha1.Phase;
import dev.auditpolicy.api.v1alpha1.Proof;
import dev.auditpolicy.telemetry.Family;
import dev.auditpolicy.telemetry.Family.Kind;
import java.util.List;
import java.util.Optional;

/** The metrics of an AuditNode's status. */
final class NodeFamilies {

    private NodeFamilies() {}

    /** @param status empty until it was read once; the families then have no samples */
    static List<Family> of(Optional<AuditNodeStatus> status) {
        var phase = status.map(AuditNodeStatus::phase);
        var server = status.map(AuditNodeStatus::kubeAPIServer);
        var proof = status.map(AuditNodeStatus::proof);
        return List.of(
                byValue(
                        "auditpolicy_agent_phase",
                        Kind.GAUGE,
                        "1 for the current phase of this node's AuditNode, 0 for the others.",
                        "phase",
                        phase.isPresent() ? Phase.values() : new Phase[0],
                        value -> phase.filter(value::equals).isPresent() ? 1 : 0),
                time(
                        "auditpolicy_agent_proven_timestamp_seconds",
                        "Time at which the live kube-apiserver was last verified to run its revision, in seconds since the Unix epoch.",
                        proof.map(Proof::provenAt)),
                time(
                        "auditpolicy_agent_kube_apiserver_start_timestamp_seconds",
                        "Start time of the live kube-apiserver process, in seconds since the Unix epoch.",
                        server.map(KubeAPIServer::startedAt)),
                info(
                        "auditpolicy_agent_kube_apiserver_info",
                        "Always 1. The label contains the version of the live kube-apiserver.",
                        "version",
                        server.map(KubeAPIServer::version)));
    }
}
