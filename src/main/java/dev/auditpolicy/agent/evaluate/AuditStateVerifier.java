package dev.auditpolicy.agent.evaluate;

import dev.auditpolicy.agent.evaluate.AuditState.Lost.Cause;
import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.agent.node.Verification;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.host.log.LogFile;
import dev.auditpolicy.host.process.ApiServerProcess;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Verifies the live kube-apiserver in each iteration of the loop, whatever the node waits for: a node that is to run another
 * revision, or that an administrator holds, still must record what it recorded before.
 */
public final class AuditStateVerifier {

    private final LogVerifier log;
    private final BiFunction<AuditNodeSpec, ApiServerProcess, AuditState> webhook;
    private Optional<AuditState.Proven> last = Optional.empty();

    /** @param webhook for the specs without a log, see {@link WebhookVerifier} */
    public AuditStateVerifier(LogVerifier log, BiFunction<AuditNodeSpec, ApiServerProcess, AuditState> webhook) {
        this.log = log;
        this.webhook = webhook;
    }

    /** @param revisions that the node may run: the desired one, that of an unfinished turn, and the last verified one */
    AuditState verify(Revisions revisions, NodeSnapshot node) throws InterruptedException {
        log.measure(node);
        var live = revisions.all().stream()
                .filter(spec ->
                        verification(revisions, spec, node).configuration().isEmpty())
                .findFirst();
        var known = live.or(() -> loaded(revisions, node));
        var state = known.isPresent() ? verify(revisions, known.get(), node) : mismatch(revisions, node);
        last = state instanceof AuditState.Proven proven ? Optional.of(proven) : last;
        return state;
    }

    /** A process that was verified before runs the same until it ends, even if its policy file is edited in place. */
    private Optional<AuditNodeSpec> loaded(Revisions revisions, NodeSnapshot node) {
        return last.filter(proven ->
                        node.newest().filter(proven.process()::isSameAs).isPresent())
                .map(AuditState.Proven::spec)
                .filter(revisions.all()::contains);
    }

    boolean isPending() {
        return log.isPending();
    }

    static Verification verification(Revisions revisions, AuditNodeSpec spec, NodeSnapshot node) {
        var flags = revisions.ownership().flags(spec, node.flags().audit());
        return Verification.of(Optional.of(spec.policy()), flags, node);
    }

    private static AuditState mismatch(Revisions revisions, NodeSnapshot node) {
        return revisions
                .lastVerified()
                .<AuditState>map(spec -> new AuditState.Lost(
                        spec.revision(),
                        Cause.OutOfSync,
                        verification(revisions, spec, node).configuration()))
                .orElseGet(AuditState.Unmanaged::new);
    }

    /** A log shows more than the counters of a webhook, which the condition SinkHealthy is about. */
    private AuditState verify(AuditNodeSpec spec, ApiServerProcess process) throws InterruptedException {
        return spec.log() == null ? webhook.apply(spec, process) : log.verify(spec, process);
    }

    private AuditState verify(Revisions revisions, AuditNodeSpec spec, NodeSnapshot node) throws InterruptedException {
        var verification = verification(revisions, spec, node);
        return switch (node.log()) {
            case LogFile.Lost _ -> new AuditState.Lost(spec.revision(), Cause.LogLost, verification.log());
            case LogFile.NotWritable _ ->
                new AuditState.Lost(spec.revision(), Cause.LogNotWritable, verification.log());
            case LogFile.InPlace _, LogFile.NotOpen _ ->
                verification.service().isEmpty()
                        ? verify(spec, node.newest().orElseThrow())
                        : new AuditState.Unverified(verification.service());
        };
    }
}
