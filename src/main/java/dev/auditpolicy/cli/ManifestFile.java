package dev.auditpolicy.cli;

import static java.util.stream.Collectors.joining;

import dev.auditpolicy.cli.apiserver.ApiServerPod;
import dev.auditpolicy.cli.apiserver.ApiServerPods;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.read.LocatedProblem;
import dev.auditpolicy.policy.read.PolicyFileReading;
import dev.auditpolicy.policy.read.PolicyText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the manifest of a kube-apiserver. */
final class ManifestFile {

    private ManifestFile() {}

    /**
     * Finds the kube-apiserver of a file, which may contain several objects. Pods that audit alike count as one.
     *
     * @param node of the Pod to find; null for any
     * @throws InvalidInputException if there is none, or there are several that do not audit alike
     */
    static ApiServerPod read(Input input, @Nullable String node) {
        List<ApiServerPod> all = Manifests.of(input).documents().stream()
                .flatMap(document -> ApiServerPods.in(text(document).root()).stream())
                .toList();
        if (all.isEmpty()) {
            throw invalid(
                    input,
                    "no container runs kube-apiserver: give the manifest of a Pod, or of an object with a template of"
                            + " one, whose command is kube-apiserver, such as /etc/kubernetes/manifests/kube-apiserver.yaml");
        }
        List<ApiServerPod> pods = node == null
                ? all
                : all.stream()
                        .filter(pod -> pod.node().filter(node::equals).isPresent())
                        .toList();
        if (pods.isEmpty()) {
            throw invalid(
                    input,
                    "no kube-apiserver has nodeName " + node + "; there are "
                            + all.stream().map(ManifestFile::describe).collect(joining(", ")));
        }
        ApiServerPod first = pods.getFirst();
        if (!pods.stream().allMatch(first::auditsLike)) {
            throw invalid(
                    input,
                    "these kube-apiservers do not audit alike: "
                            + pods.stream().map(ManifestFile::describe).collect(joining(", "))
                            + ": choose one with --node, or give a manifest with one");
        }
        return first;
    }

    private static String describe(ApiServerPod pod) {
        return pod.podName()
                + pod.node().map(node -> " (nodeName " + node + ")").orElse("");
    }

    private static InvalidInputException invalid(Input input, String message) {
        return new InvalidInputException("--manifest " + input.name() + ": " + message);
    }

    private static PolicyText text(Input document) {
        return document.text().orElseThrow(() -> {
            PolicyFileReading reading = document.read(KubernetesVersion.NEWEST_KNOWN);
            LocatedProblem first =
                    ((PolicyFileReading.InvalidFile) reading).problems().getFirst();
            return new InvalidInputException(
                    "--manifest " + document.name() + ":" + first.position().line() + ":"
                            + first.position().column() + ": " + first.problem().message());
        });
    }
}
