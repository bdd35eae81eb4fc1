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

        assertThat(check(METADATA)).isInstanceOfSatisfying(CanaryProof.Proven.class, proven -> {
            assertThat(proven.canary().orElseThrow().level()).isEqualTo(Level.METADATA);
            assertThat(proven.canary().orElseThrow().auditID()).hasSize(36);
            assertThat(proven.at()).isEqualTo(now);
        });
    }

    @Test
    void isRenewedAfterFiveMinutes() throws Exception {
        log.record(Level.METADATA, Level.METADATA);
        var first = check(METADATA);
        pass(Duration.ofMinutes(5).minusSeconds(1));
        assertThat(check(METADATA)).isEqualTo(first);
        pass(Duration.ofSeconds(1));

        assertThat(check(METADATA)).isInstanceOf(CanaryProof.Proven.class).isNotEqualTo(first);
        assertThat(log.requests()).isEqualTo(2);
    }

    @Test
    void isNotProvenAtADifferentLevel() throws Exception {
        log.record(Level.REQUEST, Level.REQUEST);

        assertThat(check(METADATA))
                .isInstanceOfSatisfying(CanaryProof.NotProven.class, notProven -> assertThat(notProven.reason())
                        .contains("level Request", "level Metadata", "Audit-ID"));
    }

    @Test
    void isNotProvenIfTheLogDoesNotContainIt() throws Exception {
        assertThat(check(METADATA)).isInstanceOf(CanaryProof.NotProven.class);
        pass(Duration.ofSeconds(6));

        assertThat(check(METADATA))
                .isInstanceOfSatisfying(CanaryProof.NotProven.class, notProven -> assertThat(notProven.reason())
                        .contains("does not contain it", "/var/log/kubernetes/audit/audit.log"));
    }

    /** The next renewal detects that events are no longer written. */
    @Test
    void isNoLongerProvenWhenTheLogStops() throws Exception {
        log.record(Level.METADATA, Level.METADATA);
        assertThat(check(METADATA)).isInstanceOf(CanaryProof.Proven.class);
        log.record();
        pass(Duration.ofMinutes(5));
        check(METADATA);
        pass(Duration.ofSeconds(6));

        assertThat(check(METADATA)).isInstanceOf(CanaryProof.NotProven.class);
    }

    @Test
    void isProvenByAbsenceIfThePolicyRecordsNothing() throws Exception {
        assertThat(check(NONE)).isInstanceOf(CanaryProof.NotProven.class);
        pass(Duration.ofSeconds(2));

        assertThat(check(NONE)).isInstanceOfSatisfying(CanaryProof.Proven.class, proven -> assertThat(
                        proven.canary().orElseThrow().level())
                .isEqualTo(Level.NONE));
        assertThat(log.requests()).isEqualTo(1);
    }

    @Test
    void waitsForABatch() throws Exception {
        var batching = log(Mode.BATCH, new Batch(null, 400, 60, null, null, null));
        assertThat(check(METADATA, batching, 1)).isInstanceOf(CanaryProof.NotProven.class);
        pass(Duration.ofSeconds(59));
        assertThat(check(METADATA, batching, 1))
                .isInstanceOfSatisfying(CanaryProof.NotProven.class, notProven -> assertThat(notProven.reason())
                        .contains("waiting for the canary request"));
        pass(Duration.ofSeconds(7));

        assertThat(check(METADATA, batching, 1))
                .isInstanceOfSatisfying(CanaryProof.NotProven.class, notProven -> assertThat(notProven.reason())
                        .contains("does not contain it"));
    }

    @Test
    void backsOffRetries() throws Exception {
        log.answer(503);
        for (var second = 0; second < 100; second++) {
            check(METADATA);
            pass(Duration.ofSeconds(1));
        }

        // After 0, 5, 15, 35 and 75 s.
        assertThat(log.requests()).isEqualTo(5);
        assertThat(check(METADATA))
                .isInstanceOfSatisfying(CanaryProof.NotProven.class, notProven -> assertThat(notProven.reason())
                        .contains("503"));
    }

    /** A failed request says nothing about the log. */
    @Test
    void remainsProvenForAWhileIfRequestsFail() throws Exception {
        log.record(Level.METADATA, Level.METADATA);
        var first = check(METADATA);
        log.answer(0);
        pass(Duration.ofMinutes(6));
        assertThat(check(METADATA)).isEqualTo(first);
        pass(Duration.ofMinutes(5));

        assertThat(check(METADATA))
                .isInstanceOfSatisfying(CanaryProof.NotProven.class, notProven -> assertThat(notProven.reason())
                        .contains("connection refused"));
    }

    @Test
    void isResetForAnotherProcess() throws Exception {
        log.record(Level.METADATA, Level.METADATA);
        check(METADATA, BLOCKING, 1);
        log.record();

        assertThat(check(METADATA, BLOCKING, 2)).isInstanceOf(CanaryProof.NotProven.class);
    }

    @Test
    void findsItAfterManyOtherEvents() throws Exception {
        log.beBusy(40_000);
        log.record(Level.METADATA, Level.METADATA);

        assertThat(check(METADATA)).isInstanceOf(CanaryProof.Proven.class);
    }

    /** The heap of the agent is too small for it. */
    @Test
    void sendsNoCanaryForAPolicyThatIsTooLong() throws Exception {
        assertThat(check(METADATA + "# " + "x".repeat(300_000)))
                .isEqualTo(new CanaryProof.Proven(Optional.empty(), now));
        assertThat(log.requests()).isZero();
    }

    private CanaryProof.Answer check(String policy) throws InterruptedException {
        return check(policy, BLOCKING, 1);
    }

    private CanaryProof.Answer check(String policy, LogBackend settings, long pid) throws InterruptedException {
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
