package dev.auditpolicy.replay.tune;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.evaluate.PolicyEvaluator;
import dev.auditpolicy.policy.evaluate.RequestAttributes;
import dev.auditpolicy.policy.lint.Linter;
import dev.auditpolicy.policy.lint.cluster.LintContext;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.Profile;
import dev.auditpolicy.replay.RecordedEvents;
import dev.auditpolicy.replay.request.ReferenceRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever the budget, what must stay in the log stays there. Says again, by URI, what that is. */
final class ProtectedRequestsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Pattern SENSITIVE =
            Pattern.compile("/(secrets|configmaps|tokenreviews|auditpolicies|auditnodes"
                    + "|certificatesigningrequests)(/.*)?|.*/x/(exec|attach|portforward|proxy|log|token|ephemeralcontainers)"
                    + "|.*/rbac\\.authorization\\.k8s\\.io/.*|/logs/.*");

    private static final Pattern NEVER_LESS =
            Pattern.compile(".*/(rbac\\.authorization\\.k8s\\.io|auditpolicy\\.dev)/.*");

    private record Logged(RequestAttributes request, boolean isSensitive, boolean keepsBodies) {}

    private static Logged logged(String line) {
        JsonNode event;
        try {
            event = JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String uri = event.path("requestURI").asText().replaceFirst("\\?.*", "");
        JsonNode user = event.path("user");
        RequestAttributes request = ReferenceRequest.of(
                        event.path("verb").asText(), event.path("requestURI").asText())
                .by(
                        user.has("username") ? user.path("username").asText() : null,
                        StreamSupport.stream(user.path("groups").spliterator(), false)
                                .map(JsonNode::asText)
                                .toList());
        int code = event.path("responseStatus").path("code").asInt();
        boolean isWrite = !Set.of("get", "list", "watch").contains(request.verb());
        return new Logged(
                request,
                code == 401
                        || code == 403
                        || event.has("impersonatedUser")
                        || SENSITIVE.matcher(uri).matches()
                        || SENSITIVE
                                .matcher(uri.replaceFirst(".*/namespaces/[^/]+", ""))
                                .matches(),
                isWrite && NEVER_LESS.matcher(uri).matches());
    }

    private static void assertNothingIsLost(String what, Policy before, Policy after, List<String> lines) {
        var older = new PolicyEvaluator(before);
        var newer = new PolicyEvaluator(after);
        for (String line : lines) {
            Logged logged = logged(line);
            Level was = older.evaluate(logged.request()).level();
            Level is = newer.evaluate(logged.request()).level();
            if (logged.isSensitive()) {
                assertThat(is != Level.NONE || was == Level.NONE)
                        .as("%s: hidden: %s", what, line)
                        .isTrue();
            }
            if (logged.keepsBodies()) {
                assertThat(is).as("%s: lowered: %s", what, line).isEqualTo(was);
            }
        }
    }

    @Test
    void stayInTheLogForGeneratedPoliciesAndLogs() {
        IntStream.range(0, 40).forEach(seed -> {
            var random = new Random(seed);
            Policy policy = new GeneratedPolicy(random).next();
            List<String> lines = new GeneratedLog(random).lines(150);

            TuneRun run = TuneRun.of(policy, lines, 0, Profile.CIS);

            assertThat(run.check().lost()).as("seed %s", seed).isZero();
            assertNothingIsLost("seed " + seed, policy, run.tuned(), lines);
        });
    }

    @Test
    void stayInTheRecordedLog() {
        Policy policy = TuneRun.policy("rules: [{level: RequestResponse}]");
        List<String> lines = new RecordedEvents().lines();

        TuneRun run = TuneRun.of(policy, lines, 0, Profile.CIS);

        assertThat(run.proposal().changes()).hasSizeGreaterThan(5);
        assertNothingIsLost("recorded", policy, run.tuned(), lines);
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void noProfileFindsMore(Profile profile) {
        IntStream.range(0, 8).forEach(seed -> {
            var random = new Random(seed);
            Policy policy = new GeneratedPolicy(random).next();
            List<String> lines = new GeneratedLog(random).lines(150);

            TuneRun run = TuneRun.of(policy, lines, 0, profile);

            assertThat(codes(run.tuned(), profile)).as("seed %s", seed).isSubsetOf(codes(policy, profile));
        });
    }

    private static Set<FindingCode> codes(Policy policy, Profile profile) {
        LintContext context = LintContext.of(new KubernetesVersion(1, 36)).withProfiles(List.of(profile));
        return Linter.lint(policy, null, context).stream()
                .filter(finding -> !finding.benchmarks().isEmpty())
                .map(LintFinding::code)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(FindingCode.class)));
    }
}
