package dev.auditpolicy.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonPatch;
import java.util.Map;
import java.util.regex.Pattern;

/** A patch as kubeadm applies it to a static Pod. */
sealed interface KubeadmPatch {

    /** As in kubeadm's {@code cmd/kubeadm/app/util/patches}: target, suffix without a dot or a plus, type, extension. */
    Pattern NAME = Pattern.compile("kube-apiserver[^.+\\n]*\\+(?<type>[^.\\n]*)\\.(json|yaml)");

    JsonNode apply(JsonNode pod);

    static KubeadmPatch of(String name, JsonNode content) {
        var parts = NAME.matcher(name);
        if (!parts.matches()) {
            throw new AssertionError("kubeadm passes over " + name);
        }
        return switch (parts.group("type")) {
            case "json" -> new Json(content);
            case "strategic" -> new Strategic(content);
            default -> throw new AssertionError("kubeadm does not know the type of " + name);
        };
    }

    /** RFC 6902. */
    record Json(JsonNode operations) implements KubeadmPatch {
        @Override
        public JsonNode apply(JsonNode pod) {
            return JsonPatch.apply(operations, pod);
        }
    }

    /** Merges lists by the patchMergeKey of the Go type, new items first, and writes the result from that type. */
    record Strategic(JsonNode patch) implements KubeadmPatch {

        private static final Map<String, String> KEYS =
                Map.of("containers", "name", "volumes", "name", "volumeMounts", "mountPath");

        @Override
        public JsonNode apply(JsonNode pod) {
            var merged = pod.deepCopy();
            merge((ObjectNode) merged, patch);
            merged.findValues("volumeMounts").forEach(mounts -> mounts.forEach(Strategic::omitFalse));
            return merged;
        }

        private static void merge(ObjectNode target, JsonNode patch) {
            patch.propertyStream().forEach(field -> {
                var name = field.getKey();
                switch (field.getValue()) {
                    case ObjectNode object ->
                        merge(
                                target.get(name) instanceof ObjectNode present ? present : target.putObject(name),
                                object);
                    case ArrayNode items ->
                        mergeItems(
                                target.get(name) instanceof ArrayNode present ? present : target.putArray(name),
                                items,
                                KEYS.get(name));
                    default -> target.set(name, field.getValue());
                }
            });
        }

        private static void mergeItems(ArrayNode target, ArrayNode items, String key) {
            var position = 0;
            for (var item : items) {
                var present = target.valueStream()
                        .filter(candidate -> candidate.get(key).equals(item.get(key)))
                        .findFirst();
                if (present.isPresent()) {
                    merge((ObjectNode) present.get(), item);
                } else {
                    target.insert(position++, item.deepCopy());
                }
            }
        }

        private static void omitFalse(JsonNode mount) {
            if (!mount.path("readOnly").asBoolean()) {
                ((ObjectNode) mount).remove("readOnly");
            }
        }
    }
}
