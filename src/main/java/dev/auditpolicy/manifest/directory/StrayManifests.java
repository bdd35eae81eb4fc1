package dev.auditpolicy.manifest.directory;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Files beside the manifest of kube-apiserver that kubelet reads, too. kubelet makes a pod of every file whose name has no leading
 * dot, whatever its extension. Of two with the same pod, the last by name wins at each periodic list, and another one at each change
 * (kubernetes#55596, kubernetes#129364, kubeadm#2823).
 */
public final class StrayManifests {

    private StrayManifests() {}

    /**
     * What is wrong with a directory, and what to do. Empty if only {@code own} runs a kube-apiserver.
     *
     * @param own name of the manifest that this operator manages
     * @param files texts by name
     */
    public static Optional<String> problem(String directory, String own, Map<String, String> files) {
        var pods = new TreeMap<>(files)
                .entrySet().stream()
                        .map(file -> StaticPodFile.read(file.getKey(), file.getValue())
                                .orElse(null))
                        .filter(Objects::nonNull)
                        .toList();
        var ownPod = pods.stream()
                .filter(pod -> pod.file().equals(own))
                .map(StaticPodFile::pod)
                .findFirst();
        var others = pods.stream()
                .filter(pod -> !pod.file().equals(own))
                .filter(pod ->
                        pod.runsApiServer() || ownPod.filter(pod.pod()::equals).isPresent())
                .toList();
        if (others.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(ownPod.isPresent() ? beside(directory, own, others) : instead(directory, own, others));
    }

    private static String beside(String directory, String own, List<StaticPodFile> others) {
        return "kubelet also reads " + names(directory, others) + " as a manifest of kube-apiserver, beside " + own
                + ", and which one it runs is undefined: move " + (others.size() == 1 ? "it" : "them") + " out of "
                + directory
                + " (a backup there needs a name with a leading dot)";
    }

    private static String instead(String directory, String own, List<StaticPodFile> others) {
        return "kube-apiserver is run from " + names(directory, others) + ", and this operator manages only "
                + directory + "/" + own + ", the name that kubeadm uses: rename the file, if nothing else writes it";
    }

    private static String names(String directory, List<StaticPodFile> files) {
        return files.stream().map(file -> directory + "/" + file.file()).collect(joining(", "));
    }
}
