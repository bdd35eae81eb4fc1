package dev.auditpolicy.policy.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.auditpolicy.api.v1alpha1.GroupResources;
import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.PolicyProblem;
import dev.auditpolicy.policy.Vectors;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyReaderTest {

    private static final KubernetesVersion V1_36 = new KubernetesVersion(1, 36);

    @Test
    void readsEveryField() {
        assertThat(read("""
                omitStages: [RequestReceived, Panic]
                omitManagedFields: true
                rules:
                - level: RequestResponse
                  users: [u]
                  userGroups: [g]
                  verbs: [create]
                  resources:
                  - {group: apps, resources: [deployments], resourceNames: [d]}
                  - {}
                  namespaces: ["", ns]
                  omitStages: [ResponseStarted, ResponseComplete]
                  omitManagedFields: false
                - level: None
                  nonResourceURLs: ["*", /healthz*]
                - {level: Metadata, users: null, verbs: []}
                - level: Request
                """))
                .isEqualTo(new PolicyReading.ValidPolicy(new Policy(
                        List.of(Stage.REQUEST_RECEIVED, Stage.PANIC),
                        true,
                        List.of(
                                new PolicyRule(
                                        Level.REQUEST_RESPONSE,
                                        List.of("u"),
                                        List.of("g"),
                                        List.of("create"),
                                        List.of(
                                                new GroupResources("apps", List.of("deployments"), List.of("d")),
                                                new GroupResources("", List.of(), List.of())),
                                        List.of("", "ns"),
                                        List.of(),
                                        List.of(Stage.RESPONSE_STARTED, Stage.RESPONSE_COMPLETE),
                                        false),
                                rule(Level.NONE, List.of("*", "/healthz*")),
                                rule(Level.METADATA, List.of()),
                                rule(Level.REQUEST, List.of())))));
    }

    /** The policy of the request that this project began with. */
    @Test
    void namesBothFieldsOfTheFirstPolicyEverWritten() {
        assertThat(problems("""
                rules:
                - level: Metadata
                  verb: ["delete"]
                  resources:
                  - groups: ""
                    resources: ["pods"]
                """))
                .extracting(PolicyProblem::toString)
                .containsExactly(
                        "spec.policy.rules[0].verb: unknown field (did you mean \"verbs\"?)",
                        "spec.policy.rules[0].resources[0].groups: unknown field (did you mean \"group\"?)");
    }

    static Stream<Arguments> invalidPolicies() {
        return Stream.of(
                Arguments.of(
                        "{}",
                        "spec.policy.rules: loaded illegal policy with 0 rules (add at least one rule,"
                                + " such as level: Metadata; to record nothing, add a rule with level: None)"),
                Arguments.of(
                        "[]",
                        "spec.policy: expected an object with rules, found the list [] (write an object with"
                                + " rules)"),
                Arguments.of(
                        "rules: {level: None}",
                        "spec.policy.rules: expected a list of rules, found the object"
                                + " {\"level\": \"None\"} (begin each element of the list with \"- \")"),
                Arguments.of(
                        "rules: [None]",
                        "spec.policy.rules[0]: expected an object with a level, found the string"
                                + " \"None\" (write an object with a level)"),
                Arguments.of(
                        "rules: [null]",
                        "spec.policy.rules[0]: null in a list (remove it, or write \"\" if"
                                + " you mean the empty value)"),
                Arguments.of(
                        "rules: [{}]",
                        "spec.policy.rules[0].level: Required value (set it to one of None,"
                                + " Metadata, Request, RequestResponse)"),
                Arguments.of(
                        "rules: [{level: metadata}]",
                        "spec.policy.rules[0].level: Unsupported value:"
                                + " \"metadata\": supported values: \"None\", \"Metadata\", \"Request\", \"RequestResponse\""
                                + " (write \"Metadata\": the value is case-sensitive)"),
                Arguments.of(
                        "rules: [{level: Metadat}]",
                        "spec.policy.rules[0].level: Unsupported value:"
                                + " \"Metadat\": supported values: \"None\", \"Metadata\", \"Request\", \"RequestResponse\""
                                + " (write \"Metadata\")"),
                Arguments.of(
                        "rules: [{level: 1}]",
                        "spec.policy.rules[0].level: expected a string, found the number 1"
                                + " (put it in quotes: \"1\")"),
                Arguments.of(
                        "rules: [{level: None, omitStages: [RequestStarted]}]",
                        "spec.policy.rules[0].omitStages[0]: Invalid value: \"RequestStarted\": allowed stages are"
                                + " RequestReceived,ResponseStarted,ResponseComplete,Panic (write \"RequestReceived\" or"
                                + " \"ResponseStarted\": there is no RequestStarted)"),
                Arguments.of(
                        "{omitStages: [requestReceived], rules: [{level: None}]}",
                        "spec.policy.omitStages[0]: Invalid value: \"requestReceived\": allowed stages are"
                                + " RequestReceived,ResponseStarted,ResponseComplete,Panic (write \"RequestReceived\": the"
                                + " value is case-sensitive)"),
                Arguments.of(
                        "rules: [{level: None, omitStages: [RequestComplete]}]",
                        "spec.policy.rules[0].omitStages[0]: Invalid value: \"RequestComplete\": allowed stages are"
                                + " RequestReceived,ResponseStarted,ResponseComplete,Panic (write \"ResponseComplete\": there"
                                + " is no RequestComplete)"),
                Arguments.of(
                        "rules: [{level: None, users: tim}]",
                        "spec.policy.rules[0].users: expected a list of"
                                + " strings, found the string \"tim\" (write it as a list: [\"tim\"])"),
                Arguments.of(
                        "rules: [{level: None, users: [true]}]",
                        "spec.policy.rules[0].users[0]: expected a"
                                + " string, found the boolean true (put the word in quotes; YAML reads unquoted y, n, yes, no,"
                                + " on, off, true and false as booleans)"),
                Arguments.of(
                        "rules: [{level: None, namespaces: [null]}]",
                        "spec.policy.rules[0].namespaces[0]: null in"
                                + " a list (remove it, or write \"\" if you mean the empty value)"),
                Arguments.of(
                        "rules: [{level: None, omitManagedFields: 'true'}]",
                        "spec.policy.rules[0].omitManagedFields: expected true or false, found the string \"true\""
                                + " (write it without quotes)"),
                Arguments.of(
                        "rules: [{level: None, resources: [{group: '', resources: [pods], verbs: [get]}]}]",
                        "spec.policy.rules[0].resources[0].verbs: unknown field (this is a field of spec.policy.rules[0]:"
                                + " move it there)"),
                Arguments.of(
                        "rules: [{level: None, stages: [Panic]}]",
                        "spec.policy.rules[0].stages: unknown field" + " (did you mean \"omitStages\"?)"),
                Arguments.of(
                        "{kind: Policy, rules: [{level: None}]}",
                        "spec.policy.kind: unknown field (remove it; the"
                                + " fields here are omitStages, omitManagedFields, rules)"),
                Arguments.of(
                        "rules: [{level: None, nonResourceURLs: [logs]}]",
                        "spec.policy.rules[0].nonResourceURLs[0]: Invalid value: \"logs\": non-resource URL rules must"
                                + " begin with a '/' character (write a path such as \"/healthz\", or \"*\" for every"
                                + " non-resource URL)"),
                Arguments.of(
                        "rules: [{level: None, nonResourceURLs: [/a*b]}]",
                        "spec.policy.rules[0].nonResourceURLs[0]: Invalid value: \"/a*b\": non-resource URL wildcards"
                                + " '*' must be the final character of the rule (end the path at its first '*', or list the"
                                + " paths one by one)"),
                Arguments.of(
                        "rules: [{level: None, nonResourceURLs: [/a], namespaces: ['']}]",
                        "spec.policy.rules[0].nonResourceURLs: Invalid value: [\"/a\"]: rules cannot apply to both"
                                + " regular resources and non-resource URLs (move nonResourceURLs to a rule of its own, without"
                                + " resources and namespaces)"),
                Arguments.of(
                        "rules: [{level: None, resources: [{group: '', resourceNames: [a]}]}]",
                        "spec.policy.rules[0].resources[0].resourceNames: Invalid value: [\"a\"]: using resourceNames"
                                + " requires at least one resource (add the resources that these names belong to, or \"*\")"),
                Arguments.of(
                        "rules: [{level: None, resources: [{group: Apps/v1}]}]",
                        "spec.policy.rules[0].resources[0].group: Invalid value: \"Apps/v1\": a lowercase RFC 1123"
                                + " subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start"
                                + " and end with an alphanumeric character (e.g. 'example.com', regex used for validation is"
                                + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*') (write \"apps\": an API"
                                + " group is lower-case and has no version)"));
    }

    @ParameterizedTest
    @MethodSource("invalidPolicies")
    void rejects(String yaml, String problem) {
        assertThat(problems(yaml)).extracting(PolicyProblem::toString).containsExactly(problem);
    }

    @Test
    void reportsEverythingAtOnce() {
        assertThat(problems("""
                omitStages: [Nope]
                rules:
                - {Level: None, users: 5, verb: [x]}
                - {level: all}
                """))
                .extracting(PolicyProblem::path, PolicyProblem::value)
                .containsExactly(
                        tuple("spec.policy.rules[0].Level", "\"None\""),
                        tuple("spec.policy.rules[0].users", "5"),
                        tuple("spec.policy.rules[0].verb", "[\"x\"]"),
                        tuple("spec.policy.omitStages[0]", "\"Nope\""),
                        tuple("spec.policy.rules[0].level", ""),
                        tuple("spec.policy.rules[1].level", "\"all\""));
    }

    @Test
    void rejectsAnAbsentPolicy() {
        assertThat(new PolicyReader(V1_36).read(NullNode.getInstance(), "spec.policy"))
                .isEqualTo(new PolicyReader(V1_36).read((JsonNode) null, "spec.policy"))
                .isInstanceOf(PolicyReading.InvalidPolicy.class);
    }

    @Test
    void rejectsEveryGroupBefore136() {
        String policy = "rules: [{level: None, resources: [{group: '*'}]}]";

        assertThat(new PolicyReader(V1_36).read(Vectors.yaml(policy), "spec.policy"))
                .isInstanceOf(PolicyReading.ValidPolicy.class);
        assertThat(new PolicyReader(new KubernetesVersion(1, 35)).read(Vectors.yaml(policy), "spec.policy"))
                .isInstanceOfSatisfying(PolicyReading.InvalidPolicy.class, invalid -> assertThat(invalid.problems())
                        .singleElement()
                        .satisfies(problem -> {
                            assertThat(problem.path()).isEqualTo("spec.policy.rules[0].resources[0].group");
                            assertThat(problem.message()).startsWith("Invalid value: \"*\": a lowercase RFC 1123");
                            assertThat(problem.remedy())
                                    .isEqualTo(
                                            "\"*\" requires Kubernetes 1.36 on every kube-apiserver, and the oldest runs"
                                                    + " 1.35: list the API groups one by one");
                        }));
    }

    @Test
    void truncatesALongValue() {
        String users = "u".repeat(500);

        assertThat(problems("rules: [{level: None, users: " + users + "}]"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.value()).hasSize(121).endsWith("…"));
    }

    @ParameterizedTest
    @CsvSource({"v1.36.3,1,36", "1.24,1,24", "v1.31.4-eks-1234,1,31", "1.30.0+k3s1,1,30", "v2.0.0-alpha.1,2,0"})
    void readsVersions(String text, int major, int minor) {
        assertThat(KubernetesVersion.parse(text)).isEqualTo(new KubernetesVersion(major, minor));
    }

    private static PolicyReading read(String yaml) {
        return new PolicyReader(V1_36).read(Vectors.yaml(yaml), "spec.policy");
    }

    private static List<PolicyProblem> problems(String yaml) {
        return ((PolicyReading.InvalidPolicy) read(yaml)).problems();
    }

    private static PolicyRule rule(Level level, List<String> nonResourceURLs) {
        return new PolicyRule(level, null, null, null, null, null, nonResourceURLs, null, null);
    }
}
