package dev.auditpolicy.replay.tune;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.policy.lint.finding.Profile;
import dev.auditpolicy.replay.RecordedEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is predicted from one reading of a log is what a replay of it gives. */
final class TuneAgreementTest {

    private static final Percentage FIVE_PERCENT = Percentage.withPercentage(5);
    private static final Path CORPUS = Path.of("src/test/resources/policies");

    private static Policy corpus(String name) throws IOException {
        return TuneRun.policy(Files.readString(CORPUS.resolve(name + ".yaml")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gce-2026",
                "gce-2020",
                "openshift-library-go-default",
                "openshift-library-go-allrequestbodies",
                "wzshiming-exporter",
                "unbyte-etc-kubernetes",
                "intel-edge-manageability-k8s-docs-example",
                "neondatabase-autoscaling"
            })
    void holdsForPoliciesFromTheFieldAndRecordedEvents(String name) throws IOException {
        TuneRun run = TuneRun.of(corpus(name), new RecordedEvents().lines(), 0, Profile.CIS);

        assertThat(run.replayed()).isPositive().isCloseTo(run.predicted(), FIVE_PERCENT);
        assertThat(run.check().lost()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0.9", "0.7", "0.5", "0.3"})
    void holdsForEachBudget(double part) throws IOException {
        TuneRun run = TuneRun.of(corpus("gce-2026"), new RecordedEvents().lines(), part, Profile.CIS);

        assertThat(run.replayed()).isPositive().isCloseTo(run.predicted(), FIVE_PERCENT);
    }

    @Test
    void holdsForGeneratedLogsAndPolicies() {
        IntStream.range(0, 40).forEach(seed -> {
            var random = new Random(seed);
            Policy policy = new GeneratedPolicy(random).next();
            List<String> lines = new GeneratedLog(random).lines(150);

            TuneRun run = TuneRun.of(policy, lines, random.nextDouble(), Profile.CIS);

            assertThat(run.replayed()).as("seed %s: %s", seed, policy).isCloseTo(run.predicted(), FIVE_PERCENT);
            assertThat(run.check().result().all().now().maxBytes())
                    .as("seed %s: %s", seed, policy)
                    .isEqualTo(run.proposal().now().maxBytes());
        });
    }
}
