package dev.auditpolicy.policy.lint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.auditpolicy.api.v1alpha1.GroupResources;
import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.RuleOrigins;
import dev.auditpolicy.policy.lint.cluster.LintContext;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.Profile;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class LinterTest {

    private static final LintContext CONTEXT = LintContext.of(new KubernetesVersion(1, 36));

    private static final List<Level> LEVELS = List.of(Level.values());

    private static final String COMPLETE_POLICY = """
        omitStages: [RequestReceived]
        rules:
        - {level: None, nonResourceURLs: ["/healthz*", "/livez*", "/readyz*"]}
        - {level: None, verbs: [create, patch, update], resources: [{group: "", resources: [events]}, {group: events.k8s.io}]}
        - {level: None, verbs: [get, update], resources: [{group: coordination.k8s.io, resources: [leases]}]}
        - {level: RequestResponse, verbs: [create, update, patch, delete], resources: [{group: auditpolicy.dev}]}
        - {level: Metadata}
        """;

    @Test
    void findsOnlyCommandLinesInACompletePolicy() throws JsonProcessingException {
        assertThat(Linter.lint(
                        Policies.policy(COMPLETE_POLICY),
                        Policies.log("{path: /var/log/kubernetes/audit/audit.log, maxAgeDays: 30, maxBackups: 10,"
                                + " maxSizeMB: 100}"),
                        CONTEXT.withProfiles(List.of(Profile.CIS))))
                .extracting(LintFinding::code)
                .containsExactly(FindingCode.COMMAND_LINES);
    }

    @Test
    void ignoresSilencedCodes() throws JsonProcessingException {
        Policy policy = Policies.policy("rules: [{level: RequestResponse}]");

        assertThat(Linter.lint(policy, null, CONTEXT))
                .extracting(LintFinding::code)
                .contains(FindingCode.SECRET_BODIES, FindingCode.TOKEN_BODIES);
        assertThat(Linter.lint(policy, null, CONTEXT.silencing(List.of(FindingCode.SECRET_BODIES))))
                .extracting(LintFinding::code)
                .contains(FindingCode.TOKEN_BODIES)
                .doesNotContain(FindingCode.SECRET_BODIES);
    }

    @Test
    void sortsBySeverity() throws JsonProcessingException {
        assertThat(Linter.lint(Policies.policy("rules: [{level: RequestResponse}]"), null, CONTEXT))
                .isSortedAccordingTo(Comparator.comparing(LintFinding::severity).thenComparing(LintFinding::code));
    }

    @Test
    void reportsThePathInAnAuditPolicy() throws JsonProcessingException {
        assertThat(Linter.lint(
                        Policies.policy("rules: [{level: Metadata, verbs: ['*']}]"),
                        Policies.log("{path: /var/log/kubernetes/audit/audit.log, mode: batch}"),
                        CONTEXT))
                .extracting(finding -> finding.inAuditPolicy(RuleOrigins.NONE).path())
                .contains("spec.policy.rules[0].verbs[0]", "spec.policy.rules", "spec.log.mode");
    }

    @Test
    void reportsBenchmarkItems() throws JsonProcessingException {
        assertThat(Linter.lint(
                        Policies.policy(COMPLETE_POLICY),
                        Policies.log("{path: /var/log/kubernetes/audit/audit.log, maxAgeDays: 7, maxBackups: 10,"
                                + " maxSizeMB: 100}"),
                        CONTEXT.withProfiles(List.of(Profile.CIS))))
                .filteredOn(finding -> finding.code() == FindingCode.LOG_MAX_AGE)
                .singleElement()
                .extracting(LintFinding::benchmarks)
                .asString()
                .isEqualTo("[CIS 1.2.17]");
    }

    @Test
    void namesNoBenchmarkForServiceAccountTokensAndCisForTokenReviews() throws JsonProcessingException {
        assertThat(Linter.lint(
                        Policies.policy("rules: [{level: RequestResponse}]"),
                        null,
                        CONTEXT.withProfiles(List.of(Profile.values()))))
                .filteredOn(finding -> finding.code() == FindingCode.TOKEN_BODIES)
                .extracting(finding -> finding.reason().contains("tokenreviews") + " " + finding.benchmarks())
                .containsExactlyInAnyOrder("false []", "true [CIS 3.2.2]");
    }

    @Test
    void namesNoItemOfABenchmarkThatIsNotAskedFor() throws JsonProcessingException {
        assertThat(Linter.lint(Policies.policy("rules: [{level: RequestResponse}]"), null, CONTEXT))
                .allMatch(finding -> finding.benchmarks().isEmpty());
    }

    @Test
    void hasUniqueCodes() {
        assertThat(Arrays.stream(FindingCode.values()).flatMap(code -> Stream.of(code.id(), code.slug())))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("AP\\d{3}|[a-z]+(-[a-z]+)*"));
        assertThat(FindingCode.values()).isSortedAccordingTo(Comparator.comparing(FindingCode::id));
        assertThat(FindingCode.find("ap101")).contains(FindingCode.UNREACHABLE_RULE);
        assertThat(FindingCode.find("unreachable-rule")).contains(FindingCode.UNREACHABLE_RULE);
        assertThat(FindingCode.find("unreachable")).isEmpty();
    }

    @Test
    void acceptsAPolicyWithoutRules() {
        assertThat(Linter.lint(new Policy(null, null, null), null, CONTEXT))
                .extracting(LintFinding::code)
                .containsExactly(FindingCode.NOTHING_RECORDED);
    }

    /** 512 rules that overlap in part. */
    @Test
    void limitsTheWorkForAnAdversarialPolicy() {
        Policy policy = new Policy(
                null,
                null,
                IntStream.range(0, 512)
                        .mapToObj(i -> new PolicyRule(
                                LEVELS.get(i % LEVELS.size()),
                                names("user", i),
                                names("group", i / 3),
                                null,
                                List.of(new GroupResources(
                                        "example.com", names("resource", i / 7), names("name", i / 2))),
                                names("namespace", i / 11),
                                null,
                                null,
                                null))
                        .toList());

        assertThat(Linter.lint(policy, null, CONTEXT))
                .extracting(LintFinding::code)
                .contains(FindingCode.SHADOWED_VALUE, FindingCode.NO_CATCH_ALL)
                .doesNotContain(FindingCode.NOTHING_RECORDED);
    }

    private static List<String> names(String prefix, int seed) {
        return IntStream.range(0, 12)
                .mapToObj(i -> prefix + "-" + (seed * 31 + i * i * 7) % 40)
                .toList();
    }
}
