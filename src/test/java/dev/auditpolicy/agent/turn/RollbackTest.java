package dev.auditpolicy.agent.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.agent.node.NodePaths;
import dev.auditpolicy.agent.plan.StaticPodPlanner;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.Turn;
import dev.auditpolicy.host.file.JournalFile;
import dev.auditpolicy.journal.Journal;
import dev.auditpolicy.journal.OpenTurn;
import dev.auditpolicy.journal.RollbackReason;
import dev.auditpolicy.journal.RollbackReason.Cause;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which file is restored first depends on the recorded cause, not on the message. */
class RollbackTest {

    private static final NodePaths PATHS = NodePaths.kubeadm();

    private SimulatedNode crashed;
    private String configurationBefore;
    private ChangeApplier.Result.NeedsRollback failed;

    /** kube-apiserver crashes because of a flag; the policy would load. */
    @BeforeEach
    void applyAChangeThatCrashes() throws Exception {
        crashed = new SimulatedNode(
                Files.readString(Path.of("src/test/resources/dev/auditpolicy/manifest/golden/kubeadm-1.36/in.yaml")));
        configurationBefore = manifest(crashed);
        var log = new LogBackend(
                "/var/log/kubernetes/audit/audit.log",
                SimulatedNode.POISONOUS_AGE,
                10,
                100,
                null,
                null,
                null,
                null,
                null);
        var now = crashed.now();
        var open = OpenTurn.begun(
                new Turn("turn-1", "cp1", "a", 1, now),
                new AuditNodeSpec("a", 1L, "policy", log, 3, 60),
                now,
                crashed.ticks());
        var ports = new FaultyPorts(crashed, 0, Fault.FAILS);
        var journals = new JournalFile(ports.files(), JournalFile.PATH);
        var applier = new ChangeApplier(
                ports.context(), new StaticPodPlanner(PATHS), journals, (_, _) -> Optional.empty(), LogCheck.NONE);

        var result = applier.apply(Journal.empty().begin(open), open);

        assertThat(result).isInstanceOf(ChangeApplier.Result.NeedsRollback.class);
        failed = (ChangeApplier.Result.NeedsRollback) result;
    }

    @Test
    void aCrashForAnotherReasonIsRecordedAsSuch() {
        assertThat(failed.reason())
                .isEqualTo(new RollbackReason(Cause.OTHER, "kube-apiserver exited after it started: invalid maxage"));
    }

    @Test
    void restoresTheManifestAtOnceIfAnotherPolicyDoesNotHelp() throws Exception {
        assertThat(manifestIsRestoredAfter(new RollbackReason(Cause.OTHER, "not the policy")))
                .isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void restoresThePolicyFirstIfItMayBeTheCause() throws Exception {
        assertThat(manifestIsRestoredAfter(new RollbackReason(Cause.POLICY_ERROR, "something")))
                .isBetween(Duration.ofSeconds(13), Duration.ofSeconds(15));
    }

    private Duration manifestIsRestoredAfter(RollbackReason reason) throws Exception {
        var node = new SimulatedNode(crashed);
        var start = node.now();
        var restoredAt = new Instant[1];
        var rollback =
                new Rollback(new FaultyPorts(node, 0, Fault.FAILS).context(), new StaticPodPlanner(PATHS), () -> {
                    if (restoredAt[0] == null && manifest(node).equals(configurationBefore)) {
                        restoredAt[0] = node.now();
                    }
                });

        assertThat(rollback.run(failed.open().rollingBack(reason), Optional.empty()))
                .isTrue();
        return Duration.between(start, restoredAt[0]);
    }

    private static String manifest(SimulatedNode node) {
        return node.files().get(PATHS.configuration()).text();
    }
}
