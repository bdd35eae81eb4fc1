package dev.auditpolicy.cli.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.KubeAPIServer;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.LogStatus;
import dev.auditpolicy.api.v1alpha1.Proof;
import dev.auditpolicy.policy.Names;
import dev.auditpolicy.report.NodeEvidence;
import dev.auditpolicy.report.Terms;
import dev.auditpolicy.report.proof.ProofState;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A kube-apiserver in JSON. An absent field is not known. */
record NodeJson(NodeEvidence node) {

    void addTo(ObjectNode object) {
        object.put("name", node.name());
        put(object, "version", node.node().server().map(KubeAPIServer::version));
        put(object, "address", node.node().server().map(KubeAPIServer::address));
        put(object, "hostKind", node.host().map(host -> Terms.of(host.kind())));
        put(object, "distribution", node.host().map(host -> host.distribution()));
        put(object, "phase", node.node().status().map(AuditNodeStatus::phase).map(Terms::of));
        object.put("proven", node.state().proven().isPresent());
        if (node.state() instanceof ProofState.NotProven unproven) {
            object.put("reason", unproven.reason());
        }
        put(object, "provenSince", node.auditingSince().map(Object::toString));
        node.node().proof().ifPresent(proof -> add(object.putObject("proof"), proof));
        node.state()
                .proven()
                .flatMap(proven -> proven.settings().log())
                .ifPresent(log -> add(object.putObject("log"), log));
        node.log().ifPresent(log -> add(object.putObject("retention"), log));
    }

    private static void add(ObjectNode object, Proof proof) {
        object.put("revision", proof.revision());
        object.put("provenAt", proof.provenAt().toString());
        object.put("pid", proof.pid());
        object.put("startedAt", proof.startedAt().toString());
        object.put("policySHA256", proof.policySHA256());
        var canary = proof.canary();
        if (canary != null) {
            object.put("canaryAuditID", canary.auditID());
            put(object, "canaryLevel", Optional.ofNullable(canary.level()).map(Names::of));
        }
    }

    private static void add(ObjectNode object, LogBackend log) {
        object.put("path", log.path());
        put(object, "maxAgeDays", log.maxAgeDays());
        put(object, "maxBackups", log.maxBackups());
        put(object, "maxSizeMB", log.maxSizeMB());
    }

    private static void add(ObjectNode object, LogStatus log) {
        put(object, "retentionHours", log.retentionHours());
        put(object, "bytesPerSecond", log.bytesPerSecond());
        put(object, "sizeBytes", log.sizeBytes());
        put(object, "worstCaseBytes", log.worstCaseBytes());
        put(object, "freeBytes", log.freeBytes());
    }

    private static void put(ObjectNode object, String field, Optional<String> value) {
        value.ifPresent(text -> object.put(field, text));
    }

    private static void put(ObjectNode object, String field, @Nullable Number value) {
        if (value != null) {
            object.put(field, value.longValue());
        }
    }
}
