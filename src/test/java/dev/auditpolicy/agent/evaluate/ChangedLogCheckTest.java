package dev.auditpolicy.agent.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.agent.log.CanaryProof;
import dev.auditpolicy.agent.log.CanaryRequests;
import dev.auditpolicy.agent.log.CanarySender;
import dev.auditpolicy.agent.log.LogFileKeeper;
import dev.auditpolicy.agent.log.LogMeter;
import dev.auditpolicy.agent.log.LogReport;
import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.agent.turn.SimulatedLog;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.host.log.LogFile;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.ProcessUser;
import dev.auditpolicy.journal.BootTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChangedLogCheckTest {

    private static final String POLICY = "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n- level: Metadata\n";

    private final SimulatedLog log = new SimulatedLog();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final LogVerifier verifier = new LogVerifier(
            new LogMeter(log),
            new CanaryProof(
                    new CanarySender(new CanaryRequests(log, _ -> "192.0.2.1:6443", "cp1"), log, this::uptime),
                    () -> now,
                    this::uptime,
                    this::pass),
            new LogReport(() -> now),
            new LogFileKeeper((_, _, _, _) -> false));
    private final ChangedLogCheck check = new ChangedLogCheck(verifier, this::uptime, this::pass);

    @Test
    void findsNothingWhereTheLogContainsTheCanary() throws Exception {
        log.record(Level.METADATA, Level.METADATA);

        assertThat(problem()).isEmpty();
        assertThat(log.requests()).isEqualTo(1);
    }

    @Test
    void reportsALogWithoutTwoCanaries() throws Exception {
        assertThat(problem().orElseThrow()).contains("does not match the policy");
        assertThat(log.requests()).isEqualTo(2);
    }

    @Test
    void acceptsALogThatLacksOnlyTheFirstCanary() throws Exception {
        var secondCanary = now.plusSeconds(8);
        var settled = new ChangedLogCheck(verifier, this::uptime, duration -> {
            pass(duration);
            if (now.isAfter(secondCanary)) {
                log.record(Level.METADATA, Level.METADATA);
            }
        });

        assertThat(settled.problem(spec(), running())).isEmpty();
        assertThat(log.requests()).isGreaterThan(1);
    }

    /** As while kube-apiserver has not read its RBAC rules yet: that says nothing about the log. */
    @Test
    void givesUpWhereNoRequestSucceeds() throws Exception {
        log.answer(403);

        assertThat(problem()).isEmpty();
    }

    private Optional<String> problem() throws InterruptedException {
        return check.problem(spec(), running());
    }

    private static AuditNodeSpec spec() {
        var settings = new LogBackend("/var/log/kubernetes/audit/audit.log", 30, 10, 100, null, null, null, null, null);
        return new AuditNodeSpec("a", 1L, POLICY, settings, 3, 60);
    }

    private static NodeSnapshot running() {
        var arguments = List.of("kube-apiserver", "--audit-log-path=/var/log/kubernetes/audit/audit.log");
        return new NodeSnapshot(
                Optional.empty(),
                Optional.empty(),
                List.of(new ApiServerProcess(1, 1, Instant.EPOCH, "0".repeat(32), ProcessUser.ROOT, arguments)),
                Optional.empty(),
                true,
                Optional.empty(),
                new LogFile.InPlace());
    }

    private BootTime uptime() {
        return new BootTime("boot", now.toEpochMilli());
    }

    private void pass(Duration duration) {
        now = now.plus(duration);
    }
}
