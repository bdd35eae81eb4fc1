package dev.auditpolicy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A manifest with the audit flags of a node, in which the log has the path that it has on the node. */
final class ObservedManifest {

    private static final ObjectMapper MAPPER = new YAMLMapper();
    private static final String LOG_PATH = "--audit-log-path=";

    private ObservedManifest() {}

    static byte[] of(ObservedNode node) {
        Optional<String> log = Optional.ofNullable(node.observed().logPath());
        List<String> command = new ArrayList<>(List.of("kube-apiserver"));
        node.observed()
                .flags()
                .forEach(flag -> command.add(
                        flag.startsWith(LOG_PATH) ? log.map(LOG_PATH::concat).orElse(flag) : flag));
        List<Map<String, Object>> mounts = log.filter(path -> path.startsWith("/"))
                .map(ObservedManifest::directory)
                .<List<Map<String, Object>>>map(directory -> List.of(Map.of("name", "log", "mountPath", directory)))
                .orElse(List.of());
        List<Map<String, Object>> volumes = mounts.stream()
                .map(mount -> Map.of("name", "log", "hostPath", Map.of("path", mount.get("mountPath"))))
                .toList();
        Map<String, Object> container = Map.of(
                "name",
                "kube-apiserver",
                "image",
                "registry.k8s.io/kube-apiserver"
                        + Optional.ofNullable(node.version()).map(":"::concat).orElse(""),
                "command",
                command,
                "volumeMounts",
                mounts);
        try {
            return MAPPER.writeValueAsString(Map.of(
                            "apiVersion",
                            "v1",
                            "kind",
                            "Pod",
                            "metadata",
                            Map.of("name", "kube-apiserver", "namespace", "kube-system"),
                            "spec",
                            Map.of("containers", List.of(container), "volumes", volumes)))
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write a manifest as YAML", e);
        }
    }

    private static String directory(String path) {
        return path.substring(0, Math.max(1, path.lastIndexOf('/')));
    }
}
