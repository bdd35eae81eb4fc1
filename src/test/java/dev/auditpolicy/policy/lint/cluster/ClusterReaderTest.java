package dev.auditpolicy.policy.lint.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ClusterReaderTest {

    /** Like kube-apiserver's own document, with one path of each form. */
    private static final String OPEN_API = """
        {"swagger": "2.0", "info": {"title": "Kubernetes", "paths": {}},
         "definitions": {"paths": {"/apis/no.example.com/v1/nothings": {}}},
         "paths": {
          "/healthz": {"get": {}},
          "/api/v1/": {"get": {"operationId": "getCoreV1APIResources"}},
          "/api/v1/namespaces": {"parameters": [{"name": "watch"}],
            "get": {"x-kubernetes-action": "list"}, "post": {"x-kubernetes-action": "post"}},
          "/api/v1/namespaces/{name}": {"get": {"x-kubernetes-action": "get"}},
          "/api/v1/namespaces/{name}/finalize": {"put": {"x-kubernetes-action": "put"}},
          "/api/v1/namespaces/{namespace}/pods": {"delete": {"x-kubernetes-action": "deletecollection"}},
          "/api/v1/namespaces/{namespace}/pods/{name}": {"delete": {"x-kubernetes-action": "delete"}},
          "/api/v1/namespaces/{namespace}/pods/{name}/exec": {
            "get": {"x-kubernetes-action": "connect"}, "post": {"x-kubernetes-action": "connect"}},
          "/api/v1/namespaces/{namespace}/pods/{name}/proxy/{path}": {"options": {"x-kubernetes-action": "connect"}},
          "/api/v1/pods": {"get": {"x-kubernetes-action": "list"}},
          "/api/v1/watch/pods": {"get": {"x-kubernetes-action": "watchlist"}},
          "/apis/apps/v1/namespaces/{namespace}/deployments/{name}/scale": {"patch": {"x-kubernetes-action": "patch"}},
          "/apis/example.com/v1beta1/widgets": {"get": {"x-kubernetes-action": "list"}}}}
        """;

    private static final String TABLE = """
        NAME                  SHORTNAMES   APIVERSION                     NAMESPACED   KIND         VERBS              CATEGORIES
        pods                  po           v1                             true         Pod          create,delete,get  all
        nodes                 no           v1                             false        Node         get,list
        tokenreviews                       authentication.k8s.io/v1       false        TokenReview  create
        deployments           deploy       apps/v1                        true         Deployment   [create get]       all
        widgets                            example.com/v1alpha1           true         Widget       list
        """;

    @Test
    void readsPathsOfTheOpenApiDocument() {
        Discovery discovery = ClusterReader.resources(OPEN_API);

        assertThat(discovery.groups()).containsExactlyInAnyOrder("", "apps", "example.com");
        assertThat(discovery.names(""))
                .containsExactlyInAnyOrder("namespaces", "namespaces/finalize", "pods", "pods/exec", "pods/proxy");
        assertThat(discovery.find("", "pods"))
                .contains(new KnownResource("", "pods", true, Set.of("list", "watch", "delete", "deletecollection")));
        assertThat(discovery.find("", "namespaces"))
                .contains(new KnownResource("", "namespaces", false, Set.of("list", "watch", "create", "get")));
        assertThat(discovery.find("", "pods/exec"))
                .contains(new KnownResource("", "pods/exec", true, Set.of("get", "create")));
        assertThat(discovery.find("apps", "deployments/scale"))
                .contains(new KnownResource("apps", "deployments/scale", true, Set.of("patch")));
        assertThat(discovery.find("example.com", "widgets"))
                .contains(new KnownResource("example.com", "widgets", false, Set.of("list", "watch")));
    }

    @Test
    void readsTheTableOfResources() {
        Discovery discovery = ClusterReader.resources(TABLE);

        assertThat(discovery.find("", "pods"))
                .contains(new KnownResource("", "pods", true, Set.of("create", "delete", "get")));
        assertThat(discovery.find("", "pods/log")).isPresent();
        assertThat(discovery.find("", "nodes")).contains(new KnownResource("", "nodes", false, Set.of("get", "list")));
        assertThat(discovery.find("apps", "deployments"))
                .contains(new KnownResource("apps", "deployments", true, Set.of("create", "get")));
        assertThat(discovery.names("example.com"))
                .containsExactlyInAnyOrder("widgets", "widgets/status", "widgets/scale");
        assertThat(discovery.names("authentication.k8s.io")).containsExactly("tokenreviews");
    }

    @Test
    void readsTheTableWithoutVerbs() {
        String narrow = """
            NAME    SHORTNAMES   APIVERSION   NAMESPACED   KIND
            nodes   no           v1           false        Node
            """;

        assertThat(ClusterReader.resources(narrow).find("", "nodes"))
                .contains(new KnownResource("", "nodes", false, Set.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{}", "{\"paths\": 1}", "{\"paths\": {\"/healthz\": {}}}", "{", "NAME KIND\npods Pod\n"})
    void rejectsTextWithoutResources(String text) {
        assertThatThrownBy(() -> ClusterReader.resources(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("kubectl get --raw /openapi/v2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "namespace/default\nnamespace/kube-system\n",
                "NAME          STATUS   AGE\ndefault       Active   3d\nkube-system   Active   3d\n",
                "{\"items\": [{\"metadata\": {\"name\": \"default\"}}, {\"metadata\": {\"name\": \"kube-system\"}}]}"
            })
    void readsNamespaces(String text) {
        assertThat(ClusterReader.namespaces(text)).containsExactlyInAnyOrder("default", "kube-system");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{", "No resources found\n"})
    void rejectsTextWithoutNamespaces(String text) {
        assertThatThrownBy(() -> ClusterReader.namespaces(text)).hasMessageContaining("kubectl get namespaces -o name");
    }
}
