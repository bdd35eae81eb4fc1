package dev.auditpolicy.manifest.directory;

import dev.auditpolicy.manifest.yaml.YamlMap;
import java.io.StringReader;
import java.util.Optional;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * A file of the directory, as far as kubelet would make a pod of it.
 *
 * @param file its name
 * @param pod namespace and name of the pod
 * @param runsApiServer whether a container is a kube-apiserver
 */
record StaticPodFile(String file, String pod, boolean runsApiServer) {

    /** Empty if kubelet would ignore the content: it is not YAML or JSON, or its first document is not a Pod. */
    static Optional<StaticPodFile> read(String file, String text) {
        return firstDocument(text)
                .filter(root -> root.string("kind").filter("Pod"::equals).isPresent())
                .map(root -> new StaticPodFile(
                        file,
                        root.map("metadata")
                                        .flatMap(data -> data.string("namespace"))
                                        .orElse("default") + "/"
                                + root.map("metadata")
                                        .flatMap(data -> data.string("name"))
                                        .orElse(""),
                        root.map("spec").filter(StaticPodFile::hasApiServer).isPresent()));
    }

    private static Optional<YamlMap> firstDocument(String text) {
        try {
            var documents = new Yaml(new LoaderOptions())
                    .composeAll(new StringReader(text))
                    .iterator();
            return documents.hasNext() ? YamlMap.of(documents.next()) : Optional.empty();
        } catch (YAMLException invalid) {
            return Optional.empty();
        }
    }

    private static boolean hasApiServer(YamlMap spec) {
        return spec.maps("containers").stream()
                .anyMatch(container -> container
                                .string("name")
                                .filter("kube-apiserver"::equals)
                                .isPresent()
                        || Stream.concat(container.items("command").stream(), container.items("args").stream())
                                .anyMatch(StaticPodFile::namesApiServer));
    }

    /** Also in a shell's command line. */
    private static boolean namesApiServer(Node argument) {
        return argument instanceof ScalarNode scalar
                && Stream.of(scalar.getValue().split("\\s+"))
                        .map(word -> word.substring(word.lastIndexOf('/') + 1))
                        .anyMatch("kube-apiserver"::equals);
    }
}
