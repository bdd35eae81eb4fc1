package dev.auditpolicy.agent.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.agent.evaluate.AuditState;
import dev.auditpolicy.agent.evaluate.AuditState.Lost.Cause;
import dev.auditpolicy.agent.evaluate.LogObservation;
import dev.auditpolicy.api.v1alpha1.AuditGap;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.Canary;
import dev.auditpolicy.api.v1alpha1.KubeAPIServer;
import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.LogStatus;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.ProcessUser;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GapReportTest {

    private static final Instant STARTED = Instant.parse("2026-01-01T12:00:00Z");
    private static final Instant NOTICED = STARTED.plusSeconds(8);
    private static final Instant NOW = STARTED.plusSeconds(40);
    private static final AuditState UNAUDITED =
            new AuditState.Lost("a", Cause.OutOfSync, List.of("no --audit-policy-file"));

    @Test
    void beginsWithTheProcessThatRunsWithoutTheRevision() {
        assertThat(after(Optional.empty(), UNAUDITED, NOTICED)).hasValueSatisfying(gap -> {
            assertThat(gap.from()).isEqualTo(STARTED);
            assertThat(gap.to()).isNull();
            assertThat(gap.why()).contains("no --audit-policy-file");
        });
    }

    @Test
    void beginsWhenTheLogIsNoticedToBeLost() {
        var lost = new AuditState.Lost("a", Cause.LogLost, List.of("deleted"));

        assertThat(after(Optional.empty(), lost, NOTICED))
                .hasValueSatisfying(gap -> assertThat(gap.from()).isEqualTo(NOTICED));
    }

    @Test
    void lastsUntilTheStartOfTheProcessThatRunsTheRevision() {
        var begun = after(Optional.empty(), UNAUDITED, NOTICED);
        assertThat(after(begun, UNAUDITED, NOTICED.plusSeconds(10))).isEqualTo(begun);
        assertThat(after(begun, new AuditState.Unverified(List.of("not ready")), NOTICED.plusSeconds(20)))
                .isEqualTo(begun);

        assertThat(after(begun, proven(STARTED.plusSeconds(34)), NOW)).hasValueSatisfying(gap -> assertThat(
                        gap.length())
                .hasValueSatisfying(length -> assertThat(length.toSeconds()).isEqualTo(34)));
    }

    @Test
    void lastsUntilTheSameProcessWritesItsLogAgain() {
        var lost = new AuditState.Lost("a", Cause.LogNotWritable, List.of("immutable"));
        var begun = after(Optional.empty(), lost, NOTICED);

        assertThat(after(begun, proven(STARTED), NOW))
                .hasValueSatisfying(gap -> assertThat(gap.to()).isEqualTo(NOW));
    }

    @Test
    void isKeptUntilTheNextOne() {
        var ended = Optional.of(new AuditGap(STARTED, NOTICED, "why"));

        assertThat(after(ended, proven(STARTED), NOW)).isEqualTo(ended);
        assertThat(after(ended, UNAUDITED, NOW))
                .hasValueSatisfying(gap -> assertThat(gap.to()).isNull());
    }

    @Test
    void isNoneWhereNoRevisionEverRan() {
        assertThat(after(Optional.empty(), new AuditState.Unmanaged(), NOW)).isEmpty();
    }

    private static Optional<AuditGap> after(Optional<AuditGap> last, AuditState live, Instant now) {
        return new GapReport(last, Optional.of(new KubeAPIServer("v1.36.3", "192.0.2.1:6443", STARTED)), now)
                .after(live);
    }

    private static AuditState proven(Instant startedAt) {
        var log = new LogBackend("/var/log/audit/audit.log", 30, 10, 100, null, null, null, null, null);
        return new AuditState.Proven(
                new AuditNodeSpec("a", 1L, "kind: Policy", log, 10, 60),
                new ApiServerProcess(7, 1, startedAt, "0".repeat(32), ProcessUser.ROOT, List.of("kube-apiserver")),
                new LogObservation(
                        new Canary("audit-id", Level.METADATA),
                        NOW,
                        new LogStatus("/var/log/audit/audit.log", 0L, null, null, null, List.of(), null),
                        Optional.empty()));
    }
}
