package dev.auditpolicy.manifest;

import dev.auditpolicy.manifest.flags.OwnedFlags;
import dev.auditpolicy.manifest.yaml.UnsupportedManifestException;
import dev.auditpolicy.manifest.yaml.YamlDocument;
import dev.auditpolicy.manifest.yaml.YamlMap;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Finds the kube-apiserver container of a manifest and rejects forms that cannot be patched. */
final class ManifestReader {
    private static final String KUBE_APISERVER = "kube-apiserver";

    /** The wrapper in the official images: it runs the program that follows its own flags. */
    private static final String GO_RUNNER = "go-runner";

    private final YamlDocument document;

    private final OwnedFlags book;

    private ManifestReader(YamlDocument document, OwnedFlags book) {
        this.document = document;
        this.book = book;
    }

    static KubeApiServerManifest read(String text, OwnedFlags book) throws UnsupportedManifestException {
        return new ManifestReader(YamlDocument.read(text), book).read();
    }

    private KubeApiServerManifest read() throws UnsupportedManifestException {
        checkPod();
        var container = container();
        var arguments = arguments(container);
        var argv = arguments.stream().map(ScalarNode::getValue).toList();
        var program = program(argv);
        var afterProgram = arguments.subList(program + 1, arguments.size());
        if (afterProgram.stream().anyMatch(argument -> argument.getValue().equals("--"))) {
            throw new UnsupportedManifestException(
                    "spec.containers[kube-apiserver]", "--", "arguments after it are not flags: remove it");
        }
        var key = container.items("args").isEmpty() ? "command" : "args";
        var manifest = new KubeApiServerManifest(document, container, key, argv, CommandLine.of(afterProgram), book);
        LayoutCheck.check(manifest);
        return manifest;
    }

    private void checkPod() throws UnsupportedManifestException {
        var root = document.root();
        var kind =
                root.string("apiVersion").orElse("") + " " + root.string("kind").orElse("");
        if (!kind.equals("v1 Pod")) {
            throw new UnsupportedManifestException(
                    "kind", kind, "must be v1 Pod: only a static pod manifest can be patched");
        }
        if (root.map("metadata").isEmpty() || root.map("spec").isEmpty()) {
            throw new UnsupportedManifestException("manifest", "", "has no metadata or no spec: restore the Pod");
        }
        var uid = root.map("metadata").flatMap(metadata -> metadata.get("uid"));
        if (uid.isPresent()) {
            throw new UnsupportedManifestException(
                    "metadata.uid",
                    uid.get() instanceof ScalarNode scalar ? scalar.getValue() : "",
                    "kubelet may not restart a static pod with a fixed UID when its flags change: remove the UID");
        }
    }

    private YamlMap container() throws UnsupportedManifestException {
        var spec = document.root().map("spec").orElseThrow();
        var found = spec.maps("containers").stream()
                .filter(ManifestReader::isKubeApiServer)
                .toList();
        if (found.size() != 1) {
            throw new UnsupportedManifestException(
                    "spec.containers",
                    found.size() + " kube-apiservers",
                    "must contain exactly one container with the name or the command kube-apiserver");
        }
        return found.getFirst();
    }

    private static boolean isKubeApiServer(YamlMap container) {
        var command = container.items("command");
        return container.string("name").filter(KUBE_APISERVER::equals).isPresent()
                || (!command.isEmpty()
                        && command.getFirst() instanceof ScalarNode first
                        && basename(first.getValue()).equals(KUBE_APISERVER));
    }

    private static List<ScalarNode> arguments(YamlMap container) throws UnsupportedManifestException {
        var arguments = new ArrayList<ScalarNode>();
        for (var item : allArguments(container)) {
            if (!(item instanceof ScalarNode scalar)) {
                throw new UnsupportedManifestException(
                        "spec.containers[kube-apiserver]", "", "an argument is not a string: correct the manifest");
            }
            arguments.add(scalar);
        }
        return arguments;
    }

    private static List<Node> allArguments(YamlMap container) {
        return Stream.concat(container.items("command").stream(), container.items("args").stream())
                .toList();
    }

    /** The index of kube-apiserver in the container's arguments. */
    private static int program(List<String> argv) throws UnsupportedManifestException {
        var program = 0;
        if (!argv.isEmpty() && basename(argv.getFirst()).equals(GO_RUNNER)) {
            do {
                program++;
            } while (program < argv.size() && argv.get(program).startsWith("-"));
        }
        if (program < argv.size() && basename(argv.get(program)).equals(KUBE_APISERVER)) {
            return program;
        }
        throw new UnsupportedManifestException(
                "spec.containers[kube-apiserver].command",
                argv.isEmpty() ? "" : argv.getFirst(),
                "the command must be kube-apiserver, optionally behind go-runner, with each flag as a separate item:"
                        + " replace the shell or wrapper");
    }

    private static String basename(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
