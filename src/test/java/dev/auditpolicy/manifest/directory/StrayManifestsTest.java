package dev.auditpolicy.manifest.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrayManifestsTest {

    private static final String DIRECTORY = "/etc/kubernetes/manifests";
    private static final String OWN = "kube-apiserver.yaml";
    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata: {name: kube-apiserver, namespace: kube-system}
            spec:
              containers:
              - {name: kube-apiserver, command: [kube-apiserver]}
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kube-apiserver.yaml.bak",
                "kube-apiserver.yaml~",
                "#kube-apiserver.yaml#",
                "kube-apiserver.yaml.rpmsave",
                "0-backup",
                "kube-apiserver.json"
            })
    void namesACopyWhateverItsName(String copy) {
        assertThat(problem(Map.of(OWN, POD, copy, POD)))
                .startsWith("kubelet also reads /etc/kubernetes/manifests/" + copy)
                .contains("move it out of /etc/kubernetes/manifests", "leading dot");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Another pod with a kube-apiserver.
                "kind: Pod\nmetadata: {name: second, namespace: kube-system}\nspec: {containers: [{name: kube-apiserver}]}",
                "kind: Pod\nmetadata: {name: b}\nspec: {containers: [{name: a, command: [/usr/local/bin/kube-apiserver, --v=2]}]}",
                "kind: Pod\nmetadata: {name: b}\nspec: {containers: [{name: a, command: [sh, -c, exec kube-apiserver --v=2]}]}",
                "kind: Pod\nmetadata: {name: b}\nspec: {containers: [{name: a, command: [/go-runner], args: [kube-apiserver]}]}",
                // The same pod with something else.
                "kind: Pod\nmetadata: {name: kube-apiserver, namespace: kube-system}\nspec: {}",
                // kubelet reads the first document.
                "kind: Pod\nmetadata: {name: b}\nspec: {containers: [{name: kube-apiserver}]}\n---\nkind: Secret",
                "{\"kind\": \"Pod\", \"metadata\": {\"name\": \"b\"}, \"spec\": {\"containers\": [{\"name\": \"kube-apiserver\"}]}}",
            })
    void namesASecondApiServer(String other) {
        assertThat(problem(Map.of(OWN, POD, "other", other))).contains("/etc/kubernetes/manifests/other");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kind: Pod\nmetadata: {name: etcd, namespace: kube-system}\nspec: {containers: [{name: etcd, command: [etcd]}]}",
                "kind: Pod\nmetadata: {name: kube-apiserver, namespace: other}\nspec: {containers: [{name: a}]}",
                "kind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, command: [kube-apiserver-network-proxy]}]}",
                "kind: Deployment\nmetadata: {name: kube-apiserver, namespace: kube-system}",
                "# nothing",
                "",
                "not: [valid",
                "\u0000",
            })
    void leavesOthersAlone(String other) {
        assertThat(StrayManifests.problem(DIRECTORY, OWN, Map.of(OWN, POD, "other", other)))
                .isEmpty();
    }

    @Test
    void namesAManifestOfAnotherNameThatIsTheOnlyOne() {
        assertThat(problem(Map.of("kube-apiserver.manifest", POD)))
                .startsWith("kube-apiserver is run from /etc/kubernetes/manifests/kube-apiserver.manifest")
                .contains("rename the file");
    }

    private static String problem(Map<String, String> files) {
        return StrayManifests.problem(DIRECTORY, OWN, files).orElse("");
    }
}
