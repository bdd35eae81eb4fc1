package dev.auditpolicy.agent.turn;

import dev.auditpolicy.agent.node.NodeContext;
import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.agent.plan.Goal;
import dev.auditpolicy.agent.restart.CrashDetector;
import dev.auditpolicy.agent.restart.Restart;
import dev.auditpolicy.agent.restart.ShutdownGracePeriod;
import dev.auditpolicy.agent.restart.StableReadiness;
import dev.auditpolicy.agent.restart.StuckKubeletRecovery;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.journal.OpenTurn;
import dev.auditpolicy.journal.RollbackReason;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Waits until kube-apiserver runs a change that is on disk, and drives its restart. */
final class ChangeVerifier {

    private final NodeContext node;

    ChangeVerifier(NodeContext node) {
        this.node = node;
    }

    /**
     * Returns why the change must be rolled back; empty if kube-apiserver is verified to run it. A failure to observe the node
     * is a reason only if it lasts until the deadline.
     *
     * @throws IOException if the node is put on hold
     */
    Optional<RollbackReason> verify(OpenTurn open, Goal goal, NodeSnapshot before, boolean configurationChanged)
            throws IOException, InterruptedException {
        var gracePeriod = ShutdownGracePeriod.of(open.spec(), before.flags());
        var deadline = node.ticker()
                .now()
                .plus(gracePeriod)
                .plus(Duration.ofSeconds(open.spec().verifyTimeoutSeconds()));
        var restartsItself = configurationChanged && node.host().restartsOnChange();
        var change = new Change(
                open, goal, before, new Restart(node.processes(), node.ticker(), gracePeriod, restartsItself));
        while (true) {
            node.hold().check();
            var outcome = change.observe();
            switch (outcome) {
                case Outcome.Verified _ -> {
                    return Optional.empty();
                }
                case Outcome.Crashed(RollbackReason reason) -> {
                    return Optional.of(reason);
                }
                case Outcome.NotYet(String problem) -> {
                    if (deadline.isBefore(node.ticker().now())) {
                        return Optional.of(RollbackReason.other(problem));
                    }
                }
            }
            node.sleeper().sleep(change.restart.pause());
        }
    }

    private sealed interface Outcome {

        record Verified() implements Outcome {}

        record Crashed(RollbackReason reason) implements Outcome {}

        record NotYet(String problem) implements Outcome {}
    }

    private final class Change {

        private final OpenTurn open;
        private final Goal goal;
        private final NodeSnapshot before;
        private final Restart restart;
        private final StuckKubeletRecovery stuckKubelet;
        private final StableReadiness readiness = new StableReadiness();
        private Optional<CrashDetector> crashes = Optional.empty();

        Change(OpenTurn open, Goal goal, NodeSnapshot before, Restart restart) {
            this.open = open;
            this.goal = goal;
            this.before = before;
            this.restart = restart;
            this.stuckKubelet = new StuckKubeletRecovery(node.programs(), node.ticker(), open.bootTime());
        }

        Outcome observe() {
            try {
                return step(node.observer().observe());
            } catch (IOException failure) {
                return new Outcome.NotYet("cannot observe the node: " + failure.getMessage());
            }
        }

        private Outcome step(NodeSnapshot current) throws IOException {
            var verification = goal.verify(current);
            var isOfAnotherCommand = isOfAnotherCommand(current);
            if (!isOfAnotherCommand && readiness.isReachedWith(verification, current)) {
                return new Outcome.Verified();
            }
            if (crashes.isEmpty()) {
                crashes = Optional.of(new CrashDetector(node.starts(), open.knownStarts(), kubeletRestartedAt()));
            }
            var crash = crashes.get().detect(current);
            if (crash.isPresent()) {
                return new Outcome.Crashed(crash.get());
            }
            restart.step(
                    isOfAnotherCommand ? current.processes() : Restart.outdated(current, verification),
                    current.ready());
            stuckKubelet.step(current);
            return new Outcome.NotYet(String.join("; ", verification.all()));
        }

        /** Its audit flags may be the same, when only the rest of the unit's command has changed. One restart must do. */
        private boolean isOfAnotherCommand(NodeSnapshot current) {
            return current.runsAnotherCommand()
                    && current.newest().filter(this::isFromBefore).isPresent();
        }

        private boolean isFromBefore(ApiServerProcess process) {
            return before.newest().filter(process::isSameAs).isPresent();
        }

        /** By the wall clock, like the times of starts. Empty if kubelet has been running since the turn began. */
        private Optional<Instant> kubeletRestartedAt() throws IOException {
            var now = node.ticker().now();
            return node.programs()
                    .kubeletStartedAt()
                    .filter(open.bootTime()::isBefore)
                    .map(started -> node.clock().instant().minus(started.until(now)));
        }
    }
}
