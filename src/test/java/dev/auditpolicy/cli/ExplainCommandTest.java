package dev.auditpolicy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExplainCommandTest {

    private static final String POLICY = """
        apiVersion: audit.k8s.io/v1
        kind: Policy
        omitStages: [RequestReceived]
        rules:
        - level: None
          users: ["system:kube-proxy"]
        - level: None
          nonResourceURLs: ["/healthz*"]
        - level: Metadata
          resources:
          - group: ""
            resources: [secrets, pods/log]
        """;

    @Test
    void saysWhichRuleDecidesAndWhyNoneBeforeItDoes() {
        assertThat(explain("--as", "alice", "--resource", "pods/log", "-n", "shop", "--name", "web"))
                .isEqualTo(new Execution(0, """
                    Request: get pods/log named "web" in namespace "shop" by "alice" of "system:authenticated".
                    Decided by rules[2] (line 9): level Metadata.
                    Recorded: ResponseStarted, if it is long-running or fails with 401; ResponseComplete, with the\
                     outcome; Panic, if the handler panics.
                    Passed over before:
                      rules[0] (line 5) matches only user "system:kube-proxy", but the user is "alice".
                      rules[1] (line 7) matches only non-resource URLs, but the request is for a resource.
                    """, ""));
    }

    @Test
    void saysThatNoRuleMatches() {
        assertThat(explain("--as", "alice", "--verb", "list", "--resource", "deployments.apps/scale")
                        .out())
                .startsWith("""
                    Request: list deployments/scale of API group "apps" by "alice" of "system:authenticated".
                    No rule matches, so the level is None.
                    Nothing is recorded.
                    """)
                .endsWith("rules[2] (line 9) matches only the core API group, but the request is for API group"
                        + " \"apps\".\n");
    }

    @Test
    void knowsTheGroupOfBuiltInResources() {
        Execution execution = explain("--as", "alice", "--resource", "deployments/scale");

        assertThat(execution.out()).startsWith("Request: get deployments/scale of API group \"apps\" by");
        assertThat(execution.err())
                .isEqualTo("note: \"deployments\" is taken for that of API group \"apps\"; write \"deployments.\" for"
                        + " the core group\n");
    }

    @Test
    void takesAResourceWithADotForOneOfThatGroup() {
        Execution execution = explain("--as", "alice", "--resource", "deployments.");

        assertThat(execution.out()).startsWith("Request: get deployments by");
        assertThat(execution.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "deploy | so it is taken for one of the core group; did you mean deployments.apps?",
                "pod | so it is taken for one of the core group; did you mean pods?",
                "widgets | so it is taken for one of the core group; write RESOURCE.GROUP for another"
            })
    void saysThatAResourceIsNotKnown(String resource, String note) {
        assertThat(explain("--as", "alice", "--resource", resource).err())
                .startsWith("note: no built-in resource is called \"" + resource + "\", " + note);
    }

    @Test
    void writesJson() throws IOException {
        Execution execution = explain("-o", "json", "--as", "alice", "--resource", "pods/log", "-n", "shop");

        assertThat(new ObjectMapper().readTree(execution.out())).isEqualTo(new ObjectMapper().readTree("""
                {
                  "request": {
                    "verb": "get", "user": "alice", "groups": ["system:authenticated"], "apiGroup": "",
                    "resource": "pods", "subresource": "log", "namespace": "shop", "name": ""
                  },
                  "rule": 2, "line": 9, "level": "Metadata", "recorded": true,
                  "stages": ["ResponseStarted", "ResponseComplete", "Panic"], "omitManagedFields": false,
                  "passedOver": [
                    {"rule": 0, "line": 5, "field": "users",
                     "reason": "matches only user \\"system:kube-proxy\\", but the user is \\"alice\\""},
                    {"rule": 1, "line": 7, "field": "nonResourceURLs",
                     "reason": "matches only non-resource URLs, but the request is for a resource"}
                  ]
                }
                """));
    }

    @Test
    void writesJsonWhereNoRuleMatches() throws IOException {
        JsonNode json = new ObjectMapper()
                .readTree(explain("-o", "json", "--unauthenticated", "--url", "/version")
                        .out());

        assertThat(json.at("/request/user").isNull()).isTrue();
        assertThat(json.at("/request/path").asText()).isEqualTo("/version");
        assertThat(json.has("rule")).isFalse();
        assertThat(json.path("recorded").asBoolean()).isFalse();
        assertThat(json.path("stages")).isEmpty();
    }

    @Test
    void readsUrls() {
        assertThat(explain("--unauthenticated", "--url", "/api/v1/namespaces/shop/secrets?watch=true")
                        .out())
                .startsWith("""
                    Request: watch secrets in namespace "shop" by nobody (401).
                    Decided by rules[2] (line 9): level Metadata.
                    """);
        assertThat(explain("--as", "a", "--as-group", "g", "--method", "POST", "--url", "/healthz/etcd")
                        .out())
                .startsWith("""
                    Request: post /healthz/etcd by "a" of "g", "system:authenticated".
                    Decided by rules[1] (line 7): level None.
                    """);
    }

    @Test
    void addsTheGroupsThatServiceAccountsAreIn() {
        assertThat(explain("--as", "system:serviceaccount:shop:web", "--resource", "pods")
                        .out())
                .contains("of \"system:serviceaccounts\", \"system:serviceaccounts:shop\", \"system:authenticated\".");
    }

    @ParameterizedTest
    @CsvSource({
        "--as a --url /healthz --verb get, --verb",
        "--as a --resource pods --method GET, --method is for --url",
        "--unauthenticated --as-group g --resource pods, nobody is in no group",
        "--as a --url /a%zz, not a URL path",
        "--as a, Missing required",
        "--resource pods, Missing required",
        "--as a --resource pods --url /healthz, mutually exclusive"
    })
    void refusesOptionsThatDoNotGoTogether(String options, String message) {
        Execution execution = explain(options.split(" "));

        assertThat(execution.exitCode()).isEqualTo(2);
        assertThat(execution.err()).contains(message);
    }

    @Test
    void refusesAPolicyThatKubeApiServerRefuses() {
        Execution execution = Execution.withInput(
                POLICY.replace("Metadata", "metadata"), "explain", "-", "--as", "a", "--resource", "pods");

        assertThat(execution.exitCode()).isEqualTo(1);
        assertThat(execution.err()).startsWith("standard input:9:3: error: rules[2].level: Unsupported value");
    }

    private static Execution explain(String... options) {
        String[] arguments = new String[options.length + 2];
        arguments[0] = "explain";
        arguments[1] = "-";
        System.arraycopy(options, 0, arguments, 2, options.length);
        return Execution.withInput(POLICY, arguments);
    }
}
