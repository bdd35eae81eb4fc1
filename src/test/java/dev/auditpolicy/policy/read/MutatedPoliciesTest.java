package dev.auditpolicy.policy.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.Names;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Verdicts on policies that were changed at random, against those of upstream's loader: {@code make mutate}. */
@EnabledIfSystemProperty(named = "mutations", matches = ".+")
class MutatedPoliciesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PolicyFileReader reader = new PolicyFileReader(new KubernetesVersion(1, 36));

    @Test
    void getTheVerdictOfUpstream() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of(System.getProperty("mutations")))) {
            assertThat(lines.filter(line -> !agrees(line))).isEmpty();
        }
    }

    private boolean agrees(String line) {
        try {
            JsonNode upstream = JSON.readTree(line);
            return switch (reader.read(upstream.path("text").binaryValue())) {
                case PolicyFileReading.InvalidFile _ -> upstream.has("error");
                case PolicyFileReading.Loaded loaded -> agrees(loaded.policy().rules(), upstream.path("rules"));
            };
        } catch (IOException e) {
            throw new AssertionError(line, e);
        }
    }

    private static boolean agrees(List<PolicyRule> rules, JsonNode upstream) {
        return rules.size() == upstream.size()
                && rules.stream().allMatch(rule -> agrees(rule, upstream.get(rules.indexOf(rule))));
    }

    private static boolean agrees(PolicyRule rule, JsonNode upstream) {
        return Names.of(rule.level()).equals(upstream.path("Level").textValue())
                && rule.users().equals(strings(upstream.path("Users")))
                && rule.userGroups().equals(strings(upstream.path("UserGroups")))
                && rule.verbs().equals(strings(upstream.path("Verbs")))
                && rule.namespaces().equals(strings(upstream.path("Namespaces")))
                && rule.nonResourceURLs().equals(strings(upstream.path("NonResourceURLs")))
                && rule.resources().size() == upstream.path("Resources").size();
    }

    private static List<String> strings(JsonNode list) {
        return list.valueStream().map(JsonNode::textValue).toList();
    }
}
