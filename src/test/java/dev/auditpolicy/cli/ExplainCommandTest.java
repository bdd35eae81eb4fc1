package dev.auditpolicy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExplainCommandTest extends CommandTestCase {

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
    void printsTheDecidingRuleAndWhyEarlierRulesDoNotMatch() {
        assertThat(explain("--as", "alice", "--resource", "pods/log", "-n", "shop", "--name", "web"))
                .isEqualTo(new CommandResult(0, """
                    Request: get pods/log named "web" in namespace "shop" by user "alice" in group "system:authenticated".
                    Decided by rules[2] (line 9): level Metadata.
                    Recorded stages: ResponseStarted (if the request is long-running or fails with 401),\
                     ResponseComplete (with the response status), Panic (if the handler panics).
                    Earlier rules that do not match:
                      rules[0] (line 5) matches only user "system:kube-proxy", but the user is "alice".
                      rules[1] (line 7) matches only non-resource URLs, but the request is for a resource.
                    """, ""));
    }

    @Test
    void reportsThatNoRuleMatches() {
        assertThat(explain("--as", "alice", "--verb", "list", "--resource", "deployments.apps/scale")
                        .out())
                .startsWith("""
                    Request: list deployments/scale in API group "apps" by user "alice" in group "system:authenticated".
                    No rule matches, so the level is None.
                    Nothing is recorded.
                    """)
                .endsWith("rules[2] (line 9) matches only the core API group, but the request is for API group"
                        + " \"apps\".\n");
    }

    @Test
    void infersTheGroupOfBuiltInResources() {
        CommandResult result = explain("--as", "alice", "--resource", "deployments/scale");

        assertThat(result.out()).startsWith("Request: get deployments/scale in API group \"apps\" by");
        assertThat(result.err())
                .isEqualTo("note: assuming \"deployments\" in API group \"apps\"; use \"deployments.\" for the core"
                        + " group\n");
    }

    @Test
    void readsATrailingDotAsTheCoreGroup() {
        CommandResult result = explain("--as", "alice", "--resource", "deployments.");

        assertThat(result.out()).startsWith("Request: get deployments by");
        assertThat(result.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "deploy | did you mean deployments.apps?",
                "pod | did you mean pods?",
                "widgets | use RESOURCE.GROUP for another group"
            })
    void notesUnknownResources(String resource, String note) {
        assertThat(explain("--as", "alice", "--resource", resource).err())
                .startsWith(
                        "note: \"" + resource + "\" is not a built-in resource; assuming the core API group; " + note);
    }

    @Test
    void writesJson() throws IOException {
        CommandResult result = explain("-o", "json", "--as", "alice", "--resource", "pods/log", "-n", "shop");

        assertThat(result.json()).isEqualTo(new ObjectMapper().readTree("""
                {
                  "request": {
                    "verb": "get", "user": "alice", "groups": ["system:authenticated"], "apiGroup": "",
                    "resource": "pods", "subresource": "log", "namespace": "shop", "name": ""
                  },
                  "rule": 2, "line": 9, "level": "Metadata", "recorded": true,
                  "stages": ["ResponseStarted", "ResponseComplete", "Panic"], "omitManagedFields": false,
                  "skippedRules": [
                    {"rule": 0, "line": 5, "field": "users",
                     "reason": "matches only user \\"system:kube-proxy\\", but the user is \\"alice\\""},
                    {"rule": 1, "line": 7, "field": "nonResourceURLs",
                     "reason": "matches only non-resource URLs, but the request is for a resource"}
                  ]
                }
                """));
    }

    @Test
    void writesJsonIfNoRuleMatches() {
        JsonNode json =
                explain("-o", "json", "--unauthenticated", "--url", "/version").json();

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
                    Request: watch secrets in namespace "shop" without authentication (401).
                    Decided by rules[2] (line 9): level Metadata.
                    """);
        assertThat(explain("--as", "a", "--as-group", "g", "--method", "POST", "--url", "/healthz/etcd")
                        .out())
                .startsWith("""
                    Request: post /healthz/etcd by user "a" in groups "g", "system:authenticated".
                    Decided by rules[1] (line 7): level None.
                    """);
    }

    @Test
    void addsTheGroupsOfServiceAccounts() {
        assertThat(explain("--as", "system:serviceaccount:shop:web", "--resource", "pods")
                        .out())
                .contains(
                        "in groups \"system:serviceaccounts\", \"system:serviceaccounts:shop\", \"system:authenticated\".");
    }

    @ParameterizedTest
    @CsvSource({
        "--as a --url /healthz --verb get, --verb",
        "--as a --resource pods --method GET, --method cannot be used with --resource; use --verb",
        "--unauthenticated --as-group g --resource pods, --as-group cannot be used with --unauthenticated",
        "--as a --url /a%zz, not a URL path",
        "--as a, Missing required",
        "--resource pods, Missing required",
        "--as a --resource pods --url /healthz, mutually exclusive"
    })
    void rejectsConflictingOptions(String options, String message) {
        CommandResult result = explain(options.split(" "));

        assertThat(result.expectExitCode(2).err()).contains(message);
    }

    @Test
    void rejectsAPolicyThatKubeApiServerRejects() {
        CommandResult result =
                runWithInput(POLICY.replace("Metadata", "metadata"), "explain", "-", "--as", "a", "--resource", "pods");

        assertThat(result.expectExitCode(1).err())
                .startsWith("standard input:9:3: error: rules[2].level: Unsupported value");
    }

    private static CommandResult explain(String... options) {
        String[] arguments = new String[options.length + 2];
        arguments[0] = "explain";
        arguments[1] = "-";
        System.arraycopy(options, 0, arguments, 2, options.length);
        return runWithInput(POLICY, arguments);
    }
}
