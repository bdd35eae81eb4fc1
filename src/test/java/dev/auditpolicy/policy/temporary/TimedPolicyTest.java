package dev.auditpolicy.policy.temporary;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.PolicyProblem;
import dev.auditpolicy.policy.read.PolicyFileReading;
import dev.auditpolicy.policy.read.PolicyText;
import dev.auditpolicy.policy.read.PolicyTextReader;
import dev.auditpolicy.policy.tree.Tree;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TimedPolicyTest {

    private static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");

    private static final String SPEC = """
            apiVersion: auditpolicy.dev/v1alpha1
            kind: AuditPolicy
            metadata: {name: cluster}
            spec:
              temporaryRules:
              - until: "2026-12-01T12:00:00Z"
                reason: flood of events
                rules:
                - {level: None, users: [flooder]}
                - {level: None, users: [other-flooder]}
              - until: "2026-12-02T13:00:00+01:00"
                reason: investigation
                rules: [{level: RequestResponse, users: [suspect]}]
              policy: {rules: [{level: Metadata, users: [last]}]}
              log: {path: /var/log/kubernetes/audit/audit.log}
            """;

    private static Policy at(Instant time) {
        return switch (new PolicyTextReader(KubernetesVersion.NEWEST_KNOWN, time).read(SPEC.getBytes(UTF_8))) {
            case PolicyFileReading.Loaded loaded -> loaded.policy();
            case PolicyFileReading.InvalidFile invalid -> throw new AssertionError(invalid.problems());
        };
    }

    private static List<String> users(Policy policy) {
        return policy.rules().stream()
                .map(PolicyRule::users)
                .map(List::getFirst)
                .toList();
    }

    private static Tree spec(String text) {
        return PolicyText.of(text.getBytes(UTF_8)).root().field("spec").orElseThrow();
    }

    @Test
    void putsTheRulesOfEachEntryFirst() {
        assertThat(users(at(NOON.minusSeconds(1)))).containsExactly("flooder", "other-flooder", "suspect", "last");
    }

    @Test
    void leavesAnEntryOutFromItsTimeOn() {
        assertThat(users(at(NOON))).containsExactly("suspect", "last");
    }

    @Test
    void readsATimeWithAnOffset() {
        assertThat(users(at(NOON.plusSeconds(86_400)))).containsExactly("last");
    }

    @Test
    void namesTheRulesByTheirFields() {
        var origins = TimedPolicy.of(spec(SPEC)).at(NOON.minusSeconds(1)).origins();

        assertThat(List.of(origins.path(1), origins.path(2), origins.path(3)))
                .containsExactly(
                        "spec.temporaryRules[0].rules[1]", "spec.temporaryRules[1].rules[0]", "spec.policy.rules[0]");
        assertThat(origins.locate("rules[3] never matches, because spec.policy.rules[0].users does"))
                .isEqualTo("spec.policy.rules[0] never matches, because spec.temporaryRules[0].rules[0].users does");
    }

    @Test
    void locatesAProblemInATemporaryRule() {
        var text = SPEC.replace("level: RequestResponse", "level: Everything");

        assertThat(new PolicyTextReader(KubernetesVersion.NEWEST_KNOWN, NOON).read(text.getBytes(UTF_8)))
                .isInstanceOfSatisfying(PolicyFileReading.InvalidFile.class, invalid -> assertThat(invalid.problems())
                        .singleElement()
                        .satisfies(located -> {
                            assertThat(located.problem().path()).isEqualTo("spec.temporaryRules[1].rules[0].level");
                            assertThat(located.position().line()).isEqualTo(13);
                        }));
    }

    @Test
    void saysWhenTheNextEntryEnds() {
        var policy = TimedPolicy.of(spec(SPEC));

        assertThat(policy.nextEnd(NOON.minusSeconds(1))).contains(NOON);
        assertThat(policy.nextEnd(NOON)).contains(NOON.plusSeconds(86_400));
        assertThat(policy.nextEnd(NOON.plusSeconds(86_400))).isEmpty();
    }

    /** What was approved with an entry includes its end. */
    @Test
    void knowsThePoliciesBeforeEntriesEnded() {
        var ended = NOON.plusSeconds(86_400);

        assertThat(TimedPolicy.of(spec(SPEC))
                        .before(ended)
                        .map(combined -> combined.origins().temporary().size()))
                .containsExactly(1, 3);
    }

    @Test
    void refusesAnEntryThatHadEndedWhenItWasWritten() {
        var policy = TimedPolicy.of(spec(SPEC));
        var nobody = new KnownEntries(Set.of());

        assertThat(policy.problems(NOON.minusSeconds(1), nobody)).isEmpty();
        assertThat(policy.problems(NOON, nobody))
                .extracting(PolicyProblem::toString)
                .containsExactly(
                        "spec.temporaryRules[0].until: \"2026-12-01T12:00:00Z\" is in the past, so these rules do not"
                                + " apply (remove the entry, or set a later time)");
    }

    /** Otherwise, any later change of the AuditPolicy would be refused until somebody removes the entry. */
    @Test
    void keepsAnEntryThatEndedAfterItWasAccepted() {
        var known = new KnownEntries(Set.of(NOON));

        assertThat(TimedPolicy.of(spec(SPEC)).problems(NOON, known)).isEmpty();
    }

    /** Its reason may be corrected, and its time written in another way. */
    @Test
    void knowsAnEntryByItsTime() {
        var rewritten = SPEC.replace("2026-12-01T12:00:00Z", "2026-12-01T17:30:00+05:30")
                .replace("flood of events", "flood");

        assertThat(TimedPolicy.of(spec(rewritten)).problems(NOON, new KnownEntries(Set.of(NOON))))
                .isEmpty();
    }

    @Test
    void refusesWhatIsNoTime() {
        var policy = TimedPolicy.of(spec(SPEC.replace("2026-12-01T12:00:00Z", "tomorrow")));

        assertThat(policy.problems(NOON, new KnownEntries(Set.of())))
                .extracting(PolicyProblem::path)
                .containsExactly("spec.temporaryRules[0].until");
    }
}
