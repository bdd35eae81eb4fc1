package dev.auditpolicy.policy.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.Vectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyFileReaderTest {

    private static final String MINIMAL = "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n- level: None\n";

    static Stream<JsonNode> vectors() {
        return Vectors.of("policyload");
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void agreesWithUpstream(JsonNode vector) {
        String error = vector.path("error").asText();
        // The vectors' validation is that of 1.36, their printing of lists that of 1.33.
        KubernetesVersion version = new KubernetesVersion(1, error.contains("[]string{") ? 33 : 36);

        PolicyFileReading reading = new PolicyFileReader(version)
                .read(vector.get("input").textValue().getBytes(UTF_8));

        assertThat(reading.warning()).isEqualTo(vector.path("warning").asText());
        switch (reading) {
            case PolicyFileReading.Loaded loaded -> {
                assertThat(vector.get("ok").booleanValue()).isTrue();
                assertThat(loaded.policy().rules()).hasSize(vector.get("rules").intValue());
            }
            case PolicyFileReading.InvalidFile invalid -> {
                assertThat(vector.get("ok").booleanValue()).isFalse();
                if (error.startsWith("failed decoding: yaml:")) {
                    assertThat(invalid.message()).startsWith("failed decoding: yaml:");
                } else {
                    assertThat(invalid.message()).isEqualTo(error);
                }
                assertThat(invalid.problems()).isNotEmpty();
            }
        }
    }

    @Test
    void coversEveryVector() {
        assertThat(vectors()).hasSize(78);
    }

    /** Cases in which plain SnakeYAML and kube-apiserver differ. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    users: [! 5]                | true
                    users: [!foo 5, !!str 6]    | true
                    users: [!!int "5"]          | false
                    users: [!!int a]            | false
                    users: [!!binary YQ==]      | true
                    users: [!!binary a]         | false
                    users: [.inf]               | false
                    users: [0x10000000000000000]| true
                    users: [1e999]              | true
                    users: [&? a]               | false
                    users: [*x]                 | false
                    users: ["\\ud83d\\ude00"]   | false
                    <<: {users: [a]}            | true
                    <<: [a]                     | false
                    ~: a                        | false
                    5: a                        | true
                    """)
    void readsYamlAsGoYamlDoes(String field, boolean loads) {
        PolicyFileReading reading = read(MINIMAL + "  " + field + "\n");

        assertThat(reading instanceof PolicyFileReading.Loaded).isEqualTo(loads);
    }

    @ParameterizedTest
    @CsvSource({"%YAML 1.1, true", "%TAG ! !, true", "%YAML 1.2, false", "%FOO, false"})
    void knowsTheDirectivesOfGoYaml(String directive, boolean loads) {
        assertThat(read(directive + "\n---\n" + MINIMAL) instanceof PolicyFileReading.Loaded)
                .isEqualTo(loads);
        assertThat(read(MINIMAL + directive + "\n---\n") instanceof PolicyFileReading.Loaded)
                .isEqualTo(loads);
    }

    @Test
    void logsNoWarningBefore126() {
        String policy = MINIMAL + "  verb: [get]\n";

        assertThat(read(policy, new KubernetesVersion(1, 26)).warning()).contains("unknown field \"rules[0].verb\"");
        assertThat(read(policy, new KubernetesVersion(1, 25)).warning()).isEmpty();
        assertThat(read(policy, new KubernetesVersion(1, 25)).ignored()).hasSize(1);
    }

    @Test
    void printsListsAsThatVersionDoes() {
        String policy = MINIMAL + "  nonResourceURLs: [/a, /b]\n  namespaces: [x]\n";

        assertThat(message(policy, new KubernetesVersion(1, 34))).contains("Invalid value: [\"/a\",\"/b\"]: rules");
        assertThat(message(policy, new KubernetesVersion(1, 33)))
                .contains("Invalid value: []string{\"/a\", \"/b\"}: rules");
    }

    @Test
    void printsEqualErrorsOnce() {
        String policy = MINIMAL + "  resources: [{group: A}, {group: A}]\n";

        assertThat(message(policy, KubernetesVersion.NEWEST_KNOWN)).startsWith("rules[0].resources.group: Invalid");
    }

    /** YAML goes through a Go map, which sorts: users before verbs. JSON keeps its order. */
    @Test
    void namesTheFirstWrongTypeThatUpstreamMeets() {
        assertThat(message(MINIMAL + "  verbs: 1\n  users: 2\n", KubernetesVersion.NEWEST_KNOWN))
                .isEqualTo("failed decoding: json: cannot unmarshal number into Go struct field PolicyRule.rules.users"
                        + " of type []string");
        assertThat(message(
                        "{\"apiVersion\": \"audit.k8s.io/v1\", \"rules\": [{\"verbs\": 1, \"users\": 2}]}",
                        KubernetesVersion.NEWEST_KNOWN))
                .isEqualTo("failed decoding: json: cannot unmarshal number into Go struct field PolicyRule.rules.verbs"
                        + " of type []string");
    }

    @Test
    void rejectsAFewLinesThatExpandToGigabytes() {
        StringBuilder bomb = new StringBuilder(MINIMAL).append("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 10; i++) {
            bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(9)));
        }

        assertThat(message(bomb.toString(), KubernetesVersion.NEWEST_KNOWN))
                .isEqualTo("failed decoding: yaml: document contains excessive aliasing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x: [%s", "x: {a: %s", "{\"apiVersion\": \"audit.k8s.io/v1\", \"x\": [%s"})
    void rejectsDeepNestingInItsOwnName(String form) {
        String nested = form.formatted("[".repeat(100_000));
        PolicyFileReading reading = read(form.startsWith("{") ? nested : MINIMAL + nested);

        assertThat(reading).isInstanceOfSatisfying(PolicyFileReading.InvalidFile.class, invalid -> {
            assertThat(invalid.message()).isEmpty();
            assertThat(invalid.problems()).singleElement().asString().contains("nested deeper than 200 levels");
        });
    }

    @Test
    void rejectsAnAnchorThatHoldsItself() {
        assertThat(message(MINIMAL + "x: &a [*a]\n", KubernetesVersion.NEWEST_KNOWN))
                .isEqualTo("failed decoding: yaml: anchor 'a' value contains itself");
    }

    @Test
    void checksTheSchemaOfMetadata() {
        assertThat(read(MINIMAL + """
                metadata:
                  name: x
                  generation: 3
                  creationTimestamp: null
                  labels: {a: b}
                  ownerReferences: [{name: o, controller: true}]
                  managedFields: [{manager: m, time: "2026-01-31T12:00:00Z", fieldsV1: {f: 1}}]
                """)).isInstanceOf(PolicyFileReading.Loaded.class);
        assertThat(message(MINIMAL + "metadata: {labels: {a: 1}}\n", KubernetesVersion.NEWEST_KNOWN))
                .isEqualTo("failed decoding: json: cannot unmarshal number into Go struct field"
                        + " ObjectMeta.metadata.labels of type string");
        assertThat(read(MINIMAL + "metadata: {creationTimestamp: yesterday}\n"))
                .isInstanceOf(PolicyFileReading.InvalidFile.class);
    }

    @Test
    void locatesEveryProblem() {
        PolicyFileReading reading = read("""
                apiVersion: audit.k8s.io/v1
                kind: Policy
                rules:
                - level: None
                  resources:
                  - group: ""
                    verbs: [get]
                    verbs: [list]
                - users: [a]
                """);

        assertThat(reading.ignored())
                .extracting(
                        located -> located.position() + " " + located.problem().path())
                .containsExactly(
                        "Position[line=8, column=5] rules[0].resources[0].verbs",
                        "Position[line=8, column=5] rules[0].resources[0].verbs");
        assertThat(((PolicyFileReading.InvalidFile) reading).problems())
                .extracting(
                        located -> located.position() + " " + located.problem().path())
                .containsExactly("Position[line=9, column=3] rules[1].level");
    }

    private static String message(String policy, KubernetesVersion version) {
        return ((PolicyFileReading.InvalidFile) read(policy, version)).message();
    }

    private static PolicyFileReading read(String policy) {
        return read(policy, KubernetesVersion.NEWEST_KNOWN);
    }

    private static PolicyFileReading read(String policy, KubernetesVersion version) {
        return new PolicyFileReader(version).read(policy.getBytes(UTF_8));
    }
}
