package dev.auditpolicy.agent.turn;

import dev.auditpolicy.agent.node.NodeContext;
import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.agent.node.Verification;
import dev.auditpolicy.agent.plan.HostPlanner;
import dev.auditpolicy.agent.restart.Restart;
import dev.auditpolicy.agent.restart.ShutdownGracePeriod;
import dev.auditpolicy.agent.restart.StableReadiness;
import dev.auditpolicy.agent.restart.StuckKubeletRecovery;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.host.file.NodeFiles.ConcurrentChangeException;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.journal.BootTime;
import dev.auditpolicy.journal.OpenTurn;
import dev.auditpolicy.journal.RollbackReason;
import dev.auditpolicy.manifest.flags.Flags;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Restores the files from before a change and verifies that kube-apiserver runs them. The policy is restored first, so that
 * the present pod starts. The manifest follows once the API server is ready, because a kubelet that was restarted
 * meanwhile, and has not reached an API server, never starts a pod with another UID. If kubelet was not restarted, and
 * another policy would not make the present pod start, the manifest is restored immediately. No failure ends a rollback: what
 * fails is repeated until the deadline.
 */
final class Rollback {

    private static final Logger LOG = LoggerFactory.getLogger(Rollback.class);

    /** kubelet's first back-off is 10 s. A pod that has not started by then needs more than the previous policy. */
    private static final Duration PRESENT_POD_START_TIMEOUT = Duration.ofSeconds(13);

    /** A unit that ends at once must not be started more often than systemd does by default (5 times in 10 s). */
    private static final Duration START_INTERVAL = Duration.ofSeconds(5);

    private final NodeContext node;
    private final HostPlanner planner;
    private final HoldCheck hold;

    Rollback(NodeContext node, HostPlanner planner, HoldCheck hold) {
        this.node = node;
        this.planner = planner;
        this.hold = hold;
    }

    /** Runs before each step; throws while the node is on hold. */
    @FunctionalInterface
    interface HoldCheck {
        void check() throws IOException;
    }

    /**
     * Returns whether kube-apiserver is verified to run what it ran before the turn.
     *
     * @param lastVerified what it ran then, if this operator had changed the node before
     * @throws IOException if the files still are as the change wrote them; to repeat
     */
    boolean run(OpenTurn open, Optional<AuditNodeSpec> lastVerified) throws InterruptedException, IOException {
        var attempt = new Attempt(open, lastVerified);
        var failure = "";
        while (!attempt.deadline.isBefore(node.ticker().now())) {
            hold.check();
            try {
                if (attempt.step()) {
                    return true;
                }
                failure = "";
            } catch (ConcurrentChangeException changed) {
                LOG.atInfo().addKeyValue("reason", changed.getMessage()).log("File changed; re-planning rollback");
            } catch (IOException | RuntimeException error) {
                failure = logOnce(failure, String.valueOf(error));
            }
            node.sleeper().sleep(attempt.restart.pause());
        }
        if (attempt.files.isChanged()) {
            throw new IOException("cannot restore the files from before the turn, retrying: " + failure);
        }
        return false;
    }

    private static String logOnce(String before, String now) {
        if (!now.isEmpty() && !now.equals(before)) {
            LOG.atWarn().addKeyValue("reason", now).log("Step of the rollback failed, retrying");
        }
        return now;
    }

    /** One try, until its deadline. */
    private final class Attempt {

        private final OpenTurn open;
        private final Optional<AuditNodeSpec> lastVerified;
        private final FileRestorer files;
        private final Optional<String> policyBefore;
        private final Map<String, String> flagsBefore;
        private final Restart restart;
        private final StuckKubeletRecovery stuckKubelet;
        private final StableReadiness readiness = new StableReadiness();
        private final BootTime manifestDueAt;
        private final BootTime deadline;
        private Optional<BootTime> startDueAt = Optional.empty();
        private String notLoaded = "";

        Attempt(OpenTurn open, Optional<AuditNodeSpec> lastVerified) {
            this.open = open;
            this.lastVerified = lastVerified;
            var images = open.requireImages();
            this.files = new FileRestorer(node, planner, images, open.spec().restores());
            this.policyBefore = files.policyBefore();
            this.flagsBefore = files.flagsBefore();
            var gracePeriod = ShutdownGracePeriod.of(
                    open.spec(), observe().map(NodeSnapshot::flags).orElseGet(() -> new Flags(List.of())));
            this.restart = new Restart(
                    node.processes(),
                    node.ticker(),
                    gracePeriod,
                    !images.after().equals(images.before()) && node.host().restartsOnChange());
            this.stuckKubelet = new StuckKubeletRecovery(node.programs(), node.ticker(), open.bootTime());
            var now = node.ticker().now();
            this.manifestDueAt = now.plus(PRESENT_POD_START_TIMEOUT);
            this.deadline =
                    now.plus(gracePeriod).plus(Duration.ofSeconds(open.spec().verifyTimeoutSeconds()));
        }

        /** Empty if the node cannot be observed, which must not keep the files from being restored. */
        private Optional<NodeSnapshot> observe() {
            try {
                return Optional.of(node.observer().observe());
            } catch (IOException | RuntimeException failure) {
                LOG.atWarn().addKeyValue("reason", String.valueOf(failure)).log("Cannot observe the node");
                return Optional.empty();
            }
        }

        /** Whether the node is rolled back. */
        boolean step() throws IOException {
            files.restorePolicy();
            var observed = observe();
            if (isManifestDue(observed)) {
                files.restoreConfiguration(lastVerified);
            }
            if (observed.isEmpty() || !isLoaded()) {
                return false;
            }
            var current = observed.get();
            var verification = Verification.of(policyBefore, flagsBefore, current);
            if (readiness.isReachedWith(verification, current)) {
                files.deletePlaceholder();
                return true;
            }
            restart.step(toStop(current, verification), current.ready());
            if (!current.configuration().equals(open.requireImages().after())) {
                stuckKubelet.step(current);
            }
            if (current.processes().isEmpty()) {
                start();
            }
            return false;
        }

        private void start() throws IOException {
            var now = node.ticker().now();
            if (startDueAt.isEmpty()) {
                node.host().start();
            } else if (now.isBefore(startDueAt.get())) {
                return;
            } else {
                node.host().startIfDown();
            }
            startDueAt = Optional.of(now.plus(START_INTERVAL));
        }

        /** One that the turn has asked to stop would stop for a minute, although it runs what is to run. */
        private List<ApiServerProcess> toStop(NodeSnapshot current, Verification verification) throws IOException {
            return !current.ready() && node.host().isStopping()
                    ? current.processes()
                    : Restart.outdated(current, verification);
        }

        private boolean isLoaded() throws IOException {
            var problem = node.host().load();
            notLoaded = logOnce(notLoaded, problem.orElse(""));
            return problem.isEmpty();
        }

        private boolean isManifestDue(Optional<NodeSnapshot> observed) throws IOException {
            var images = open.requireImages();
            return !node.host().restartsOnChange()
                    || images.policyAfter().equals(images.policyBefore())
                    || manifestDueAt.isBefore(node.ticker().now())
                    || (observed.isPresent() && (observed.get().ready() || presentPodCannotStart(observed.get())));
        }

        /** Another policy does not help if kube-apiserver exited for another reason, or never started. */
        private boolean presentPodCannotStart(NodeSnapshot current) throws IOException {
            return current.processes().isEmpty()
                    && open.rollback()
                            .filter(reason -> reason.cause() != RollbackReason.Cause.POLICY_ERROR)
                            .isPresent()
                    && node.programs()
                            .kubeletStartedAt()
                            .filter(open.bootTime()::isBefore)
                            .isEmpty();
        }
    }
}
