package dev.auditpolicy.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Fields that the CustomResourceDefinitions require, of the parts that a report reads. An API server stores no object without them,
 * so such a file was edited.
 */
final class RequiredFields {

    private static final Map<String, List<String>> OF_NODE = Map.ofEntries(
            Map.entry("/metadata", List.of("name")),
            Map.entry("/spec", List.of("revision", "policy")),
            Map.entry("/spec/log", List.of("path")),
            Map.entry("/spec/webhook", List.of("settings", "kubeconfig", "files")),
            Map.entry("/status/proof", List.of("revision", "pid", "startedAt", "policySHA256", "provenAt")),
            Map.entry("/status/proof/canary", List.of("auditID")),
            Map.entry("/status/running", List.of("revision", "provenAt")),
            Map.entry("/status/lastTurn", List.of("revision", "result", "endedAt")),
            Map.entry("/status/lastGap", List.of("from", "why")),
            Map.entry("/status/drift", List.of("cause", "noticedAt")),
            Map.entry("/status/observed", List.of("summary", "owner")),
            Map.entry("/status/observed/host", List.of("kind")),
            Map.entry("/status/observed/policy", List.of("path")));

    private static final List<String> OF_CONDITION =
            List.of("type", "status", "lastTransitionTime", "reason", "message");

    private static final List<String> OF_TEMPORARY_RULES = List.of("until", "reason", "state");

    private RequiredFields() {}

    /** The first that an AuditNode lacks, such as {@code status.proof.pid}. */
    static Optional<String> missingInNode(JsonNode node) {
        return new TreeMap<>(OF_NODE)
                .entrySet().stream()
                        .filter(part -> node.at(part.getKey()).isObject())
                        .flatMap(part -> missing(node.at(part.getKey()), part.getKey(), part.getValue()).stream())
                        .findFirst()
                        .or(() -> missingInList(node, "/status/conditions", OF_CONDITION));
    }

    /** The first that the status of an AuditPolicy lacks. */
    static Optional<String> missingInPolicy(JsonNode policy) {
        return missingInList(policy, "/status/conditions", OF_CONDITION)
                .or(() -> missingInList(policy, "/status/temporaryRules", OF_TEMPORARY_RULES));
    }

    private static Optional<String> missingInList(JsonNode object, String pointer, List<String> fields) {
        for (var entry : object.at(pointer)) {
            var missing = missing(entry, pointer, fields);
            if (missing.isPresent()) {
                return missing;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> missing(JsonNode part, String pointer, List<String> fields) {
        return fields.stream()
                .filter(field -> !part.hasNonNull(field))
                .map(field -> pointer.substring(1).replace('/', '.') + "." + field)
                .findFirst();
    }
}
