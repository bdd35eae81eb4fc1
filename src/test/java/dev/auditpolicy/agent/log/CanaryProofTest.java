package dev.auditpolicy.agent.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.agent.turn.SimulatedLog;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.Batch;
import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.Mode;
import dev.auditpolicy.host.process.ApiServerProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CanaryProofTest {

    private static final String HEADER = "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n";
    private static final String METADATA = HEADER + "- level: Metadata\n";
    private static final String NONE = HEADER + "- level: None\n";
    private static final LogBackend BLOCKING = log(null, null);

    private final SimulatedLog log = new SimulatedLog();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final CanaryProof proof =
            new CanaryProof(new CanarySender(log, log, _ -> "192.0.2.1:6443", "cp1", () -> now), () -> now, this::pass);

    @Test
    void isProvenByACanaryAtTheLevelOfThePolicy() throws Exception {
        log.record(Level.METADATA, Level.METADATA);

        assertThat(ask(METADATA)).isInstanceOfSatisfying(CanaryProof.Proven.class, proven -> {
            assertThat(proven.canary().orElseThrow().level()).isEqualTo(Level.METADATA);
            assertThat(proven.canary().orElseThrow().auditID()).hasSize(36);
            assertThat(proven.at()).isEqualTo(now);
        });
    }

    @Test
    void isRenewedAfterFiveMinutesAndNotBefore() throws Exception {
        log.record(Level.METADATA, Level.METADATA);
        var first = ask(METADATA);
        pass(Duration.ofMinutes(5).minusSeconds(1));
        assertThat(ask(METADATA)).isEqualTo(first);
        pass(Duration.ofSeconds(1));

        assertThat(ask(METADATA)).isInstanceOf(CanaryProof.Proven.class).isNotEqualTo(first);
        assertThat(log.requests()).isEqualTo(2);
    }

    @Test
    void isNotProvenByAnotherLevel() throws Exception {
        log.record(Level.REQUEST, Level.REQUEST);

        assertThat(ask(METADATA)).isInstanceOfSatisfying(CanaryProof.NotProven.class, open -> assertThat(open.reason())
                .contains("level Request", "level Metadata", "Audit-ID"));
    }

    @Test
    void isNotProvenWhenTheLogLacksIt() throws Exception {
        assertThat(ask(METADATA)).isInstanceOf(CanaryProof.NotProven.class);
        pass(Duration.ofSeconds(6));

        assertThat(ask(METADATA)).isInstanceOfSatisfying(CanaryProof.NotProven.class, open -> assertThat(open.reason())
                .contains("does not have it", "/var/log/kubernetes/audit/audit.log"));
    }

    /** A log that has stopped is told at the next renewal, whatever was proven before. */
    @Test
    void isNotProvenAnyLongerWhenTheLogHasStopped() throws Exception {
        log.record(Level.METADATA, Level.METADATA);
        assertThat(ask(METADATA)).isInstanceOf(CanaryProof.Proven.class);
        log.record();
        pass(Duration.ofMinutes(5));
        ask(METADATA);
        pass(Duration.ofSeconds(6));

        assertThat(ask(METADATA)).isInstanceOf(CanaryProof.NotProven.class);
    }

    @Test
    void isProvenByAbsenceWhereThePolicySaysSo() throws Exception {
        assertThat(ask(NONE)).isInstanceOf(CanaryProof.NotProven.class);
        pass(Duration.ofSeconds(2));

        assertThat(ask(NONE)).isInstanceOfSatisfying(CanaryProof.Proven.class, proven -> assertThat(
                        proven.canary().orElseThrow().level())
                .isEqualTo(Level.NONE));
        assertThat(log.requests()).isEqualTo(1);
    }

    @Test
    void waitsAsLongAsABatchMay() throws Exception {
        var batching = log(Mode.BATCH, new Batch(null, 400, 60, null, null, null));
        assertThat(ask(METADATA, batching, 1)).isInstanceOf(CanaryProof.NotProven.class);
        pass(Duration.ofSeconds(59));
        assertThat(ask(METADATA, batching, 1))
                .isInstanceOfSatisfying(CanaryProof.NotProven.class, open -> assertThat(open.reason())
                        .contains("awaited"));
        pass(Duration.ofSeconds(7));

        assertThat(ask(METADATA, batching, 1))
                .isInstanceOfSatisfying(CanaryProof.NotProven.class, open -> assertThat(open.reason())
                        .contains("does not have it"));
    }

    @Test
    void triesAgainLessAndLessOften() throws Exception {
        log.answer(503);
        for (var second = 0; second < 100; second++) {
            ask(METADATA);
            pass(Duration.ofSeconds(1));
        }

        // After 0, 5, 15, 35 and 75 s.
        assertThat(log.requests()).isEqualTo(5);
        assertThat(ask(METADATA)).isInstanceOfSatisfying(CanaryProof.NotProven.class, open -> assertThat(open.reason())
                .contains("503"));
    }

    /** No answer says nothing about the log. */
    @Test
    void holdsForAWhileWhenNoAnswerComes() throws Exception {
        log.record(Level.METADATA, Level.METADATA);
        var first = ask(METADATA);
        log.answer(0);
        pass(Duration.ofMinutes(6));
        assertThat(ask(METADATA)).isEqualTo(first);
        pass(Duration.ofMinutes(5));

        assertThat(ask(METADATA)).isInstanceOfSatisfying(CanaryProof.NotProven.class, open -> assertThat(open.reason())
                .contains("connection refused"));
    }

    @Test
    void startsOverForAnotherProcess() throws Exception {
        log.record(Level.METADATA, Level.METADATA);
        ask(METADATA, BLOCKING, 1);
        log.record();

        assertThat(ask(METADATA, BLOCKING, 2)).isInstanceOf(CanaryProof.NotProven.class);
    }

    @Test
    void findsItBehindMoreEventsThanOneLookReads() throws Exception {
        log.beBusy(40_000);
        log.record(Level.METADATA, Level.METADATA);

        assertThat(ask(METADATA)).isInstanceOf(CanaryProof.Proven.class);
    }

    /** Its memory would not do. */
    @Test
    void sendsNoneForAPolicyThatIsTooLongToBeRead() throws Exception {
        assertThat(ask(METADATA + "# " + "x".repeat(300_000))).isEqualTo(new CanaryProof.Proven(Optional.empty(), now));
        assertThat(log.requests()).isZero();
    }

    private CanaryProof.Answer ask(String policy) throws InterruptedException {
        return ask(policy, BLOCKING, 1);
    }

    private CanaryProof.Answer ask(String policy, LogBackend settings, long pid) throws InterruptedException {
        return proof.check(
                new AuditNodeSpec("a", 1L, policy, settings, 3, 60),
                new ApiServerProcess(pid, pid, Instant.EPOCH, "0".repeat(32), 0, List.of("kube-apiserver")));
    }

    private void pass(Duration duration) {
        now = now.plus(duration);
    }

    private static LogBackend log(Mode mode, Batch batch) {
        return new LogBackend("/var/log/kubernetes/audit/audit.log", 30, 10, 100, null, null, mode, batch, null);
    }
}
