package dev.auditpolicy.agent.turn;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.agent.node.NodeContext;
import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.agent.node.Verification;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.host.file.NodeFiles.ConcurrentChangeException;
import dev.auditpolicy.journal.FileImage;
import dev.auditpolicy.journal.Journal.Images;
import dev.auditpolicy.journal.Journal.OpenTurn;
import dev.auditpolicy.journal.RollbackReason;
import dev.auditpolicy.manifest.KubeApiServerManifest;
import dev.auditpolicy.manifest.ManifestPlanner;
import dev.auditpolicy.manifest.Plan;
import dev.auditpolicy.manifest.flags.DesiredAuditConfig;
import dev.auditpolicy.manifest.flags.Flags;
import dev.auditpolicy.policy.write.PolicyWriter;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Restores the files from before a change and verifies that kube-apiserver runs them. The policy is restored first, so that
 * the present pod starts. The manifest follows once the API server is ready, because a kubelet that was restarted
 * meanwhile, and has not reached an API server, never starts a pod with another UID. If kubelet was not restarted, and
 * another policy would not make the present pod start, the manifest is restored immediately. A file is replaced only if it is
 * exactly what this operator wrote.
 */
final class Rollback {

    private static final Logger LOG = LoggerFactory.getLogger(Rollback.class);

    /** kubelet's first back-off is 10 s. A pod that has not started by then needs more than the previous policy. */
    private static final Duration PRESENT_POD_START_TIMEOUT = Duration.ofSeconds(13);

    private final NodeContext node;
    private final HoldCheck hold;
    private final ManifestPlanner manifests = new ManifestPlanner();

    Rollback(NodeContext node, HoldCheck hold) {
        this.node = node;
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
     */
    boolean run(OpenTurn open, Optional<AuditNodeSpec> lastVerified) throws InterruptedException, IOException {
        var images = requireNonNull(open.images(), "the journal has no images of the files to restore");
        var gracePeriod = ShutdownGracePeriod.of(open.spec(), node.observer().observe());
        var manifestChanges = !images.manifestAfter().equals(images.manifestBefore());
        var restart = new Restart(node.processes(), node.clock(), gracePeriod, manifestChanges);
        var startedAt = node.clock().instant();
        var deadline = startedAt.plus(gracePeriod).plusSeconds(open.spec().verifyTimeoutSeconds());
        var flags = flagsBefore(images);
        var policy = policyBefore(images, flags);
        var stuckKubelet = new StuckKubeletRecovery(node.programs(), node.clock(), open.beganAt());
        var readiness = new StableReadiness();
        while (node.clock().instant().isBefore(deadline)) {
            hold.check();
            var current = node.observer().observe();
            try {
                restorePolicy(images, current);
                if (isManifestDue(open, images, current, startedAt)) {
                    restoreManifest(images, lastVerified, current);
                }
            } catch (ConcurrentChangeException changed) {
                LOG.atInfo().addKeyValue("reason", changed.getMessage()).log("File changed; re-planning rollback");
            }
            var verification = Verification.of(policy, flags, current);
            if (readiness.isReachedWith(verification)) {
                deletePlaceholder(images, current);
                return true;
            }
            restart.step(Restart.outdated(current, verification), current.ready());
            if (!current.manifest().equals(Optional.of(images.manifestAfter()))) {
                stuckKubelet.step(current);
            }
            node.sleeper().sleep(StableReadiness.INTERVAL);
        }
        return false;
    }

    private void restorePolicy(Images images, NodeSnapshot current) throws IOException {
        var restored = Optional.ofNullable(images.policyBefore()).orElseGet(Rollback::placeholder);
        if (current.policy().filter(images.policyAfter()::equals).isPresent()
                && !restored.equals(images.policyAfter())) {
            node.files().replace(node.paths().policy(), current.policy(), restored);
            LOG.atInfo().log("Policy restored");
        }
    }

    private boolean isManifestDue(OpenTurn open, Images images, NodeSnapshot current, Instant startedAt)
            throws IOException {
        return current.ready()
                || images.policyAfter().equals(images.policyBefore())
                || presentPodCannotStart(open, current)
                || node.clock().instant().isAfter(startedAt.plus(PRESENT_POD_START_TIMEOUT));
    }

    /** Another policy does not help if kube-apiserver exited for another reason, or never started. */
    private boolean presentPodCannotStart(OpenTurn open, NodeSnapshot current) throws IOException {
        return current.processes().isEmpty()
                && open.rollback()
                        .filter(reason -> reason.cause() != RollbackReason.Cause.POLICY_ERROR)
                        .isPresent()
                && node.programs()
                        .kubeletStartedAt()
                        .filter(open.beganAt()::isBefore)
                        .isEmpty();
    }

    private void restoreManifest(Images images, Optional<AuditNodeSpec> lastVerified, NodeSnapshot current)
            throws IOException {
        if (current.manifest().isEmpty()) {
            return;
        }
        var manifest = current.manifest().get();
        var restored = manifest.equals(images.manifestAfter())
                ? images.manifestBefore()
                : manifest.withText(revertOwnChanges(manifest.text(), images, lastVerified));
        if (!restored.equals(manifest)) {
            node.files().replace(node.paths().manifest(), current.manifest(), restored);
            LOG.atInfo().log("Manifest restored");
        }
    }

    /** The manifest has changed since: keeps that change, and reverts only the operator's. */
    private String revertOwnChanges(String text, Images images, Optional<AuditNodeSpec> lastVerified) {
        if (text.equals(images.manifestBefore().text())) {
            return text;
        }
        var plan = lastVerified
                .map(spec -> manifests.plan(text, DesiredAuditConfig.of(spec.log(), spec.revision())))
                .orElseGet(() -> manifests.planRemoval(text));
        return switch (plan) {
            case Plan.Patched patched -> patched.text();
            case Plan.Unchanged _, Plan.Unpatchable _ -> text;
        };
    }

    private static Map<String, String> flagsBefore(Images images) {
        return switch (KubeApiServerManifest.parse(images.manifestBefore().text())) {
            case KubeApiServerManifest.UnsupportedManifest _ -> Map.of();
            case KubeApiServerManifest.Parsed(KubeApiServerManifest manifest) ->
                Flags.of(manifest.argv()).audit();
        };
    }

    private static Optional<String> policyBefore(Images images, Map<String, String> flags) {
        return Optional.ofNullable(images.policyBefore())
                .filter(_ -> flags.containsKey("audit-policy-file"))
                .map(FileImage::text);
    }

    /** A policy that every kube-apiserver loads, for a pod whose policy file did not exist before the change. */
    private static FileImage placeholder() {
        var none = new PolicyRule(
                Level.NONE, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), null);
        return FileImage.rootOnly(PolicyWriter.write(new Policy(List.of(), null, List.of(none))));
    }

    private void deletePlaceholder(Images images, NodeSnapshot current) throws IOException {
        if (images.policyBefore() == null
                && current.policy().filter(placeholder()::equals).isPresent()) {
            node.files().delete(node.paths().policy(), placeholder());
        }
    }
}
