package dev.auditpolicy.cli.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.AuditPolicyStatus;
import dev.auditpolicy.report.proof.AuditNodeObject;
import dev.auditpolicy.report.proof.AuditPolicyObject;
import dev.auditpolicy.report.proof.ClusterObjects;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the resources of one cluster. What it cannot read it says, so that nothing is taken for proven. */
record DumpReader(Dump dump) {

    static final String COMMAND = "kubectl get auditpolicy,auditnodes -o yaml";

    private static final String GROUP = "auditpolicy.dev/";
    private static final List<String> CONTROL_PLANE =
            List.of("node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/controlplane");

    /**
     * The resources.
     *
     * @throws DumpException if it is not what kubectl prints about one cluster
     */
    ClusterObjects read() {
        var policies =
                dump.of("AuditPolicy", GROUP).stream().map(DumpReader::policy).toList();
        var nodes = dump.of("AuditNode", GROUP).stream()
                .map(DumpReader::node)
                .sorted(Comparator.comparing(AuditNodeObject::name))
                .toList();
        if (nodes.isEmpty()) {
            throw new DumpException("the input contains no AuditNode; pass what " + COMMAND + " prints");
        }
        if (policies.size() > 1
                || nodes.stream().map(AuditNodeObject::name).distinct().count() < nodes.size()) {
            throw new DumpException(
                    "the input contains an AuditNode twice, or several AuditPolicies; a report is about one cluster at one"
                            + " time");
        }
        return new ClusterObjects(policies.stream().findFirst(), nodes, controlPlane());
    }

    private Optional<Set<String>> controlPlane() {
        var nodes = dump.of("Node", "v1");
        return nodes.isEmpty()
                ? Optional.empty()
                : Optional.of(nodes.stream()
                        .filter(node -> CONTROL_PLANE.stream()
                                .anyMatch(label -> node.at("/metadata/labels").has(label)))
                        .map(DumpReader::name)
                        .collect(Collectors.toSet()));
    }

    private static AuditPolicyObject policy(JsonNode object) {
        Optional<AuditPolicyStatus> status;
        try {
            status = RequiredFields.missingInPolicy(object).isPresent()
                    ? Optional.empty()
                    : Dump.part(object, "status", AuditPolicyStatus.class);
        } catch (JsonProcessingException _) {
            status = Optional.empty();
        }
        return new AuditPolicyObject(
                name(object), object.at("/metadata/generation").asLong(), createdAt(object), status);
    }

    private static AuditNodeObject node(JsonNode object) {
        var missing = RequiredFields.missingInNode(object);
        if (missing.isPresent()) {
            return unreadable(object, "it lacks " + missing.get());
        }
        try {
            return new AuditNodeObject(
                    name(object),
                    Dump.part(object, "spec", AuditNodeSpec.class),
                    Dump.part(object, "status", AuditNodeStatus.class),
                    Optional.empty());
        } catch (JsonProcessingException unreadable) {
            return unreadable(object, reason(unreadable));
        }
    }

    private static AuditNodeObject unreadable(JsonNode object, String reason) {
        return new AuditNodeObject(name(object), Optional.empty(), Optional.empty(), Optional.of(reason));
    }

    private static String reason(JsonProcessingException unreadable) {
        return unreadable instanceof JsonMappingException mapping
                ? "it does not know the value of "
                        + mapping.getPath().stream()
                                .map(JsonMappingException.Reference::getFieldName)
                                .filter(Objects::nonNull)
                                .collect(Collectors.joining("."))
                : "malformed";
    }

    private static Optional<Instant> createdAt(JsonNode object) {
        try {
            return Optional.of(
                    Instant.parse(object.at("/metadata/creationTimestamp").asText()));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static String name(JsonNode object) {
        return object.at("/metadata/name").asText();
    }
}
