package dev.auditpolicy.policy.yaml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.read.PolicyFileReader;
import dev.auditpolicy.policy.read.PolicyFileReading;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where go-yaml and SnakeYAML disagree; every verdict is that of upstream's {@code LoadPolicyFromBytes} (k8s.io/apiserver
 * v0.36.3), which mutated policies by the ten thousand were compared with.
 */
class YamlSubtletiesTest {

    private static final String HEAD = "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- level:\tNone\n  users:\t[x]\n",
                "- level: None\t# comment\n  users: [x]\t\n",
                "- {level: None,\tusers:\t[\tx\t]\t}\n",
                "- {level: None, users: [\"x\"\n\t]}\n",
                "- level: None\n  users: !!str\t[x]\n",
                "- level: None\n  users:\n  - !!str\tx\n",
                "- level: None\n  users:\n  - &a\tx\n",
                "- level: |-\t\n    None\n  users: [x]\n",
                "- level: None\n  -:\t y\n  users: [x]\n"
            })
    void readsTabsBetweenTokensAsSpaces(String rules) {
        assertThat(users(rules)).containsExactly("x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-\tlevel: None\n",
                "- level: None\n\tusers: [x]\n",
                "\t- level: None\n",
                "- level: None\n  users:\n  -\tx\n",
                "- level: None\n  users: [x\n\t]\n",
                "- ? level\n  :\tNone\n"
            })
    void rejectsTabsWhereIndentationOrAKeyCanBegin(String rules) {
        assertThat(read(rules)).isInstanceOf(PolicyFileReading.InvalidFile.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x:", "x :", "x::", "a:b", "x:#"})
    void readsAColonBeforeTheEndOfAListAsPartOfTheString(String user) {
        assertThat(users("- {level: None, users: [" + user + "]}\n")).containsExactly(user);
    }

    @Test
    void readsAKeyWithAColonAsThatKey() {
        assertThat(read("- {level: None, users:, verbs: [get]}\n").ignored())
                .singleElement()
                .satisfies(located -> assertThat(located.problem().path()).contains("users:"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"users:[x]", "users: [x:[y]]", "users: [x:{y}]"})
    void rejectsAColonRightBeforeABracket(String field) {
        assertThat(read("- {level: None, " + field + "}\n")).isInstanceOf(PolicyFileReading.InvalidFile.class);
    }

    @Test
    void acceptsAQuotedKeyRightBeforeABracket() {
        assertThat(users("- {level: None, \"users\":[x]}\n")).containsExactly("x");
    }

    @Test
    void requiresBase64Padding() {
        assertThat(users("- {level: None, users: [!!binary YWI=]}\n")).containsExactly("ab");
        assertThat(read("- {level: None, users: [!!binary YWI]}\n")).isInstanceOf(PolicyFileReading.InvalidFile.class);
    }

    /** Each tab costs a scan, so the number of scans is limited. */
    @Test
    void boundsTheWorkForTabs() {
        String tabs = "- level: None\n  users: [" + "\"x\",\t".repeat(20_000) + "x]\n";

        assertThat(read(tabs)).isInstanceOf(PolicyFileReading.InvalidFile.class);
    }

    @Test
    void readsAPolicyBelowAnyNumberOfComments() {
        byte[] policy = ("# a comment\n".repeat(20_000) + HEAD + "- level: None\n").getBytes(UTF_8);

        assertThat(new PolicyFileReader(new KubernetesVersion(1, 36)).read(policy))
                .isInstanceOf(PolicyFileReading.Loaded.class);
    }

    private static List<String> users(String rules) {
        PolicyFileReading reading = read(rules);
        assertThat(reading).isInstanceOf(PolicyFileReading.Loaded.class);
        return ((PolicyFileReading.Loaded) reading).policy().rules().getFirst().users();
    }

    private static PolicyFileReading read(String rules) {
        return new PolicyFileReader(new KubernetesVersion(1, 36)).read((HEAD + rules).getBytes(UTF_8));
    }
}
