package dev.auditpolicy.agent.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.agent.turn.SimulatedLog;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.Batch;
import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.Mode;
import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.host.log.LogFile;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.ProcessUser;
import dev.auditpolicy.journal.BootTime;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanaryProofTest {

    private static final String HEADER = "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n";
    private static final String METADATA = HEADER + "- level: Metadata\n";
    private static final String NONE = HEADER + "- level: None\n";
    private static final LogBackend BLOCKING = log(null, null);

    private final SimulatedLog log = new SimulatedLog();
    private final LogMeter meter = new LogMeter(log);
    private Duration uptime = Duration.ofDays(1);
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final CanaryProof proof = new CanaryProof(
            new CanarySender(new CanaryRequests(log, _ -> "192.0.2.1:6443", "cp1"), log, this::uptime),
            () -> now,
            this::uptime,
            this::pass);

    @Test
    void isProvenByACanaryAtTheLevelOfThePolicy() throws Exception {
        log.record(Level.METADATA, Level.METADATA);

        assertThat(check(METADATA)).isInstanceOfSatisfying(CanaryProof.Proven.class, proven -> {
            assertThat(proven.canary().level()).isEqualTo(Level.METADATA);
            assertThat(proven.canary().auditID()).hasSize(36);
            assertThat(proven.at()).isEqualTo(now);
        });
    }

    @Test
    void isRenewedAfterFiveMinutes() throws Exception {
        log.record(Level.METADATA, Level.METADATA);
        var first = check(METADATA);
        pass(Duration.ofMinutes(5).minusSeconds(1));
        assertThat(check(METADATA)).isEqualTo(first);
        pass(LogActivity.QUIET);

        assertThat(check(METADATA)).isInstanceOf(CanaryProof.Proven.class).isNotEqualTo(first);
    }

    /** A log that grows can be written. */
    @Test
    void sendsNoCanaryBeforeTheRenewalWhileTheLogGrows() throws Exception {
        log.record(Level.METADATA, Level.METADATA);
        for (var second = 0; second < 300; second += 5) {
            log.write(Level.METADATA, "other", Stage.RESPONSE_COMPLETE);
            check(METADATA);
            pass(Duration.ofSeconds(5));
        }

        assertThat(log.requests()).isEqualTo(1);
    }

    /** In either direction, and also while it waits for a retry. */
    @ParameterizedTest
    @ValueSource(longs = {-7200, -600, 600, 7200})
    void isRenewedInTimeWhenTheClockIsAdjusted(long seconds) throws Exception {
        log.record(Level.METADATA, Level.METADATA);
        var first = check(METADATA);
        now = now.plusSeconds(seconds);
        assertThat(check(METADATA)).isEqualTo(first);
        pass(Duration.ofMinutes(5));

        assertThat(check(METADATA)).isInstanceOf(CanaryProof.Proven.class).isNotEqualTo(first);
        log.record();
        pass(Duration.ofSeconds(11));
        check(METADATA);
        now = now.plusSeconds(seconds);
        pass(Duration.ofSeconds(12));
        check(METADATA);
        pass(Duration.ofSeconds(6));
        assertThat(check(METADATA)).isInstanceOf(CanaryProof.NotProven.class);
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

    /** Within 30 s: the loop runs every 10 s, and every second while a canary is pending. */
    @Test
    void isNoLongerProvenSoonAfterTheLogStops() throws Exception {
        log.record(Level.METADATA, Level.METADATA);
        assertThat(check(METADATA)).isInstanceOf(CanaryProof.Proven.class);
        log.record();
        pass(Duration.ofSeconds(10));
        check(METADATA);
        pass(Duration.ofSeconds(10));
        check(METADATA);
        assertThat(proof.isPending()).isTrue();
        pass(Duration.ofSeconds(6));

        assertThat(check(METADATA))
                .isInstanceOfSatisfying(CanaryProof.NotProven.class, notProven -> assertThat(notProven.lost())
                        .isTrue());
    }

    /** Each change would be a write to etcd and an Event. */
    @Test
    void reportsALossWithTheSameReasonInEachRetry() throws Exception {
        check(METADATA);
        pass(Duration.ofSeconds(6));
        var first = check(METADATA);
        for (var second = 0; second < 120; second++) {
            pass(Duration.ofSeconds(1));
            assertThat(check(METADATA)).isEqualTo(first);
        }
        log.answer(503);
        pass(Duration.ofMinutes(10));

        assertThat(check(METADATA)).isEqualTo(first);
        assertThat(log.requests()).isGreaterThan(3);
    }

    /** On a disk that is almost full, some events are written and others are not. */
    @Test
    void endsALossWithTwoCanariesInARow() throws Exception {
        check(METADATA);
        pass(Duration.ofSeconds(6));
        check(METADATA);
        log.record(Level.METADATA, Level.METADATA);
        pass(Duration.ofSeconds(6));
        assertThat(check(METADATA)).isInstanceOf(CanaryProof.NotProven.class);
        pass(Duration.ofSeconds(6));

        assertThat(check(METADATA)).isInstanceOf(CanaryProof.Proven.class);
    }

    @Test
    void reportsThatTheFileSystemIsFull() throws Exception {
        log.leaveFree(4096);
        check(METADATA);
        pass(Duration.ofSeconds(6));

        assertThat(check(METADATA))
                .isInstanceOfSatisfying(CanaryProof.NotProven.class, notProven -> assertThat(notProven.reason())
                        .contains("file system is full"));
    }

    @Test
    void isProvenByAbsenceIfThePolicyRecordsNothing() throws Exception {
        assertThat(check(NONE)).isInstanceOf(CanaryProof.NotProven.class);
        pass(Duration.ofSeconds(2));

        assertThat(check(NONE)).isInstanceOfSatisfying(CanaryProof.Proven.class, proven -> assertThat(
                        proven.canary().level())
                .isEqualTo(Level.NONE));
        assertThat(log.requests()).isEqualTo(1);
    }

    @Test
    void waitsForABatch() throws Exception {
        var batching = log(Mode.BATCH, new Batch(null, 400, BigDecimal.valueOf(60), null, null, null));
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

    private CanaryProof.Answer check(String policy) throws Exception {
        return check(policy, BLOCKING, 1);
    }

    private CanaryProof.Answer check(String policy, LogBackend settings, long pid) throws Exception {
        var process = new ApiServerProcess(
                pid, pid, Instant.EPOCH, "0".repeat(32), ProcessUser.ROOT, List.of("kube-apiserver"));
        meter.update(process, settings.path(), new LogFile.InPlace());
        return proof.check(new AuditNodeSpec("a", 1L, policy, settings, 3, 60), process, meter.get(), meter.usage());
    }

    private BootTime uptime() {
        return new BootTime("boot", uptime.toMillis());
    }

    private void pass(Duration duration) {
        uptime = uptime.plus(duration);
        now = now.plus(duration);
    }

    private static LogBackend log(Mode mode, Batch batch) {
        return new LogBackend("/var/log/kubernetes/audit/audit.log", 30, 10, 100, null, null, mode, batch, null);
    }
}
