package dev.auditpolicy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
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
                    Recorded stages: ResponseStarted (when the headers are sent),\
                     ResponseComplete (with the response status), Panic (if the handler panics).
                    Earlier rules that do not match:
                      rules[0] (line 5) matches only user "system:kube-proxy", but the user is "alice".
                      rules[1] (line 7) matches only non-resource URLs, but the request is for a resource.
                    """, ""));
    }

    /** Only requests that kube-apiserver takes for long-running ones have the stage ResponseStarted. */
    @Test
    void namesNoStageThatTheRequestCannotHave() {
        assertThat(explain("--as", "alice", "--resource", "secrets", "-n", "shop", "--name", "db")
                        .out())
                .contains("Recorded stages: ResponseComplete (with the response status), Panic");
    }

    @Test
    void rejectsAUrlThatKubeApiServerDoesNotAudit() {
        assertThat(explain("--as", "alice", "--url", "/api/v1/watch")
                        .expectExitCode(2)
                        .err())
                .contains("names no resource");
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
                .startsWith("note: assuming \"deployments\" in API group \"apps\"; use \"deployments.\" for the core"
                        + " group\n");
    }

    @Test
    void readsATrailingDotAsTheCoreGroup() {
        CommandResult result = explain("--as", "alice", "--resource", "deployments.", "--name", "web");

        assertThat(result.out()).startsWith("Request: get deployments named \"web\" by");
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
        "--as a --resource pods --verb GET, --verb GET: verbs are in lower case; use get",
        "--as a --resource pods --verb PUT, --verb PUT: this is an HTTP method; use update",
        "--as a --resource pods --verb exec, --verb exec: this is a subresource",
        "--as a --resource pods --verb gett, --verb gett: no request has this verb; did you mean get?",
        "--as a --resource pods --verb escalate, use one of get",
        "--as a --resource pods/, --resource pods/: use RESOURCE[.GROUP][/SUBRESOURCE]",
        "--as a --resource Pods, --resource Pods: use RESOURCE[.GROUP][/SUBRESOURCE]",
        "--as a --resource pods/log/x, --resource pods/log/x: use RESOURCE[.GROUP][/SUBRESOURCE]",
        "--as a --resource nodes -n shop, --namespace shop: \"nodes\" is cluster-scoped; omit --namespace",
        "--as a --resource namespaces -n shop --name prod, the namespace of a request for a Namespace is its name",
        "--as a --resource pods --verb create --name p1, --name p1: the URL of a create request names no object",
        "--as a --resource pods -n Shop, --namespace Shop: not a valid namespace name",
        "--as a --url healthz, --url healthz: must begin with '/'",
        "--as a --url /healthz --method get, --method get: HTTP methods are in upper case; use GET",
        "--as a --url /healthz --method FETCH, --method FETCH: not an HTTP method",
        "--as a, Missing required",
        "--resource pods, Missing required",
        "--as a --resource pods --url /healthz, mutually exclusive"
    })
    void rejectsConflictingOptions(String options, String message) {
        CommandResult result = explain(options.split(" "));

        assertThat(result.expectExitCode(2).err()).contains(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--verb get --resource secrets -n shop | a get request names its object; without --name",
                "--verb delete --resource secrets -n shop | a delete request names its object; without --name",
                "--verb get --resource secrets --name db | a get request for \"secrets\" has a namespace",
                "--verb list --resource pods/log -n shop | kube-apiserver serves \"pods/log\" only with get",
                "--verb get --resource pods/foo -n shop --name web | kube-apiserver does not serve \"pods/foo\"",
                "--url /api/v1/namespaces/shop/nodes/n1 | \"nodes\" is cluster-scoped"
            })
    void notesRequestsThatNoClientSends(String options, String note) {
        CommandResult result = explain(("--as alice " + options).split(" "));

        assertThat(result.expectExitCode(0).err()).contains("note: " + note);
    }

    /** In kube-apiserver, the namespace of a request for a Namespace is its name. */
    @Test
    void readsANamespaceAsInItself() {
        String policy = """
            apiVersion: audit.k8s.io/v1
            kind: Policy
            rules:
            - {level: None, namespaces: [shop]}
            - {level: Metadata}
            """;

        assertThat(List.of(
                        runWithInput(
                                policy,
                                "explain",
                                "-",
                                "--as",
                                "a",
                                "--verb",
                                "delete",
                                "--resource",
                                "namespaces",
                                "--name",
                                "shop"),
                        runWithInput(
                                policy,
                                "explain",
                                "-",
                                "--as",
                                "a",
                                "--method",
                                "DELETE",
                                "--url",
                                "/api/v1/namespaces/shop")))
                .allSatisfy(result -> assertThat(result.out())
                        .startsWith("Request: delete namespaces named \"shop\" in namespace \"shop\"")
                        .contains("Decided by rules[0] (line 4): level None."));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[RequestReceived, ResponseStarted] | Nothing is recorded: a failed authentication (401) has only the"
                        + " stage ResponseStarted",
                "[RequestReceived] | Recorded stages: ResponseStarted (the only stage of a failed authentication)."
            })
    void showsThatAFailedAuthenticationHasOneStage(String omitted, String outcome) {
        String policy = """
            apiVersion: audit.k8s.io/v1
            kind: Policy
            rules:
            - {level: Metadata, omitStages: %s}
            """.formatted(omitted);

        assertThat(runWithInput(policy, "explain", "-", "--unauthenticated", "--url", "/api/v1/pods")
                        .out())
                .contains(outcome);
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
