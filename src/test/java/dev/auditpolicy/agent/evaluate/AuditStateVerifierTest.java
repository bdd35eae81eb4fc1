package dev.auditpolicy.agent.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.agent.NoWebhook;
import dev.auditpolicy.agent.evaluate.AuditState.Lost;
import dev.auditpolicy.agent.evaluate.AuditState.Lost.Cause;
import dev.auditpolicy.agent.evaluate.AuditState.Proven;
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
import dev.auditpolicy.manifest.flags.AuditFlags;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node that is to run revision b, and was last verified to run revision a. */
class AuditStateVerifierTest {

    private static final String PATH = "/var/log/kubernetes/audit/audit.log";
    private static final AuditNodeSpec A = spec("a", "Metadata");
    private static final AuditNodeSpec B = spec("b", "Request");
    private static final Revisions WAITING = new Revisions(Optional.of(B), Optional.empty(), Optional.of(A));

    private final SimulatedLog log = new SimulatedLog();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final AuditStateVerifier verifier = new AuditStateVerifier(
            new LogVerifier(
                    new LogMeter(log),
                    new CanaryProof(
                            new CanarySender(new CanaryRequests(log, _ -> "192.0.2.1:6443", "cp1"), log, this::uptime),
                            () -> now,
                            this::uptime,
                            this::pass),
                    new LogReport(() -> now),
                    new LogFileKeeper((_, _, _, _) -> false)),
            NoWebhook::verify);

    @BeforeEach
    void recordsTheCanary() {
        log.record(Level.METADATA, Level.METADATA);
    }

    @Test
    void verifiesWhatRunsRatherThanWhatIsToRun() throws Exception {
        assertThat(verify(WAITING, running(A, new LogFile.InPlace())))
                .isInstanceOfSatisfying(
                        Proven.class, proven -> assertThat(proven.spec()).isEqualTo(A));
    }

    /** An expired proof would say nothing about a node that waits for hours. */
    @Test
    void renewsTheProofOfANodeThatWaits() throws Exception {
        verify(WAITING, running(A, new LogFile.InPlace()));
        pass(Duration.ofMinutes(6));

        assertThat(verify(WAITING, running(A, new LogFile.InPlace())))
                .isInstanceOfSatisfying(
                        Proven.class,
                        proven -> assertThat(proven.observation().at()).isEqualTo(now));
    }

    @Test
    void recognisesTheRevisionOfAnUnfinishedTurn() throws Exception {
        var held = new Revisions(Optional.of(spec("c", "None")), Optional.of(B), Optional.of(A));
        log.record(Level.REQUEST, Level.REQUEST);

        assertThat(verify(held, running(B, new LogFile.InPlace())))
                .isInstanceOfSatisfying(
                        Proven.class, proven -> assertThat(proven.spec()).isEqualTo(B));
    }

    @Test
    void reportsALostLog() throws Exception {
        assertThat(verify(WAITING, running(A, new LogFile.Lost("the log was deleted"))))
                .isEqualTo(new Lost("a", Cause.LogLost, List.of("the log was deleted")));
    }

    @Test
    void reportsALogThatCannotBeWritten() throws Exception {
        assertThat(verify(WAITING, running(A, new LogFile.NotWritable("read-only", "remount it"))))
                .isInstanceOfSatisfying(
                        Lost.class, lost -> assertThat(lost.cause()).isEqualTo(Cause.LogNotWritable));
    }

    @Test
    void reportsALogWithoutTheCanary() throws Exception {
        log.record();
        verify(WAITING, running(A, new LogFile.InPlace()));
        pass(Duration.ofSeconds(6));

        assertThat(verify(WAITING, running(A, new LogFile.InPlace())))
                .isInstanceOfSatisfying(
                        Lost.class, lost -> assertThat(lost.cause()).isEqualTo(Cause.NotRecorded));
    }

    @Test
    void isNoLossThatKubeApiserverDoesNotAnswer() throws Exception {
        log.answer(503);

        assertThat(verify(WAITING, running(A, new LogFile.InPlace()))).isInstanceOf(AuditState.Unverified.class);
    }

    @Test
    void reportsAnApiServerThatRunsNeither() throws Exception {
        assertThat(verify(WAITING, running(spec("c", "None"), new LogFile.InPlace())))
                .isInstanceOfSatisfying(Lost.class, lost -> {
                    assertThat(lost.revision()).isEqualTo("a");
                    assertThat(lost.cause()).isEqualTo(Cause.OutOfSync);
                });
    }

    /** kube-apiserver reads its policy only at its start. */
    @Test
    void isNoLossThatThePolicyFileIsEditedInPlace() throws Exception {
        verify(WAITING, running(A, new LogFile.InPlace()));
        var edited = spec("edited", "None");

        assertThat(verify(WAITING, running(edited, new LogFile.InPlace()))).isInstanceOf(Proven.class);
    }

    @Test
    void reportsNothingWhereNoRevisionEverRan() throws Exception {
        var first = new Revisions(Optional.of(B), Optional.empty(), Optional.empty());

        assertThat(verify(first, running(A, new LogFile.InPlace()))).isInstanceOf(AuditState.Unmanaged.class);
    }

    private AuditState verify(Revisions revisions, NodeSnapshot node) throws InterruptedException {
        return verifier.verify(revisions, node);
    }

    private static NodeSnapshot running(AuditNodeSpec spec, LogFile file) {
        var arguments = new ArrayList<>(List.of("kube-apiserver"));
        AuditFlags.of(spec.log()).forEach((name, value) -> arguments.add("--" + name + "=" + value));
        var process = new ApiServerProcess(7, 7, Instant.EPOCH, "0".repeat(32), ProcessUser.ROOT, arguments);
        return new NodeSnapshot(
                Optional.empty(),
                Optional.empty(),
                List.of(process),
                Optional.of(spec.policy()),
                true,
                Optional.empty(),
                file);
    }

    private BootTime uptime() {
        return new BootTime("boot", now.toEpochMilli());
    }

    private void pass(Duration duration) {
        now = now.plus(duration);
    }

    private static AuditNodeSpec spec(String revision, String level) {
        var policy = "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n- level: " + level + "\n";
        return new AuditNodeSpec(
                revision, 1L, policy, new LogBackend(PATH, 30, 10, 100, null, null, null, null, null), 3, 60);
    }
}
