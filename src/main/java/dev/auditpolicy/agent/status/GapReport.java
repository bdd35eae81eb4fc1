package dev.auditpolicy.agent.status;

import dev.auditpolicy.agent.evaluate.AuditState;
import dev.auditpolicy.agent.evaluate.AuditState.Lost.Cause;
import dev.auditpolicy.api.v1alpha1.AuditGap;
import dev.auditpolicy.api.v1alpha1.KubeAPIServer;
import dev.auditpolicy.api.v1alpha1.Message;
import java.time.Instant;
import java.util.Optional;

/**
 * The last gap of a node. It follows from the status alone, so that an agent that is replaced during a gap ends it.
 *
 * @param last as last reported
 * @param server the live kube-apiserver
 */
record GapReport(Optional<AuditGap> last, Optional<KubeAPIServer> server, Instant now) {

    Optional<AuditGap> after(AuditState live) {
        return switch (live) {
            case AuditState.Lost lost -> last.filter(gap -> gap.to() == null).or(() -> Optional.of(begin(lost)));
            case AuditState.Proven proven -> last.map(gap -> gap.to() == null ? gap.until(end(gap, proven)) : gap);
            case AuditState.Unverified _, AuditState.Unmanaged _ -> last;
        };
    }

    /** kube-apiserver reads flags and policy only at its start. A log can be lost at any time, and is noticed within 2 s. */
    private AuditGap begin(AuditState.Lost lost) {
        var from = lost.cause() == Cause.OutOfSync
                ? server.map(KubeAPIServer::startedAt).orElse(now)
                : now;
        return new AuditGap(from, null, Message.bounded(lost.message(), AuditGap.MAX_WHY_LENGTH));
    }

    /** A restart ended the gap, or else the process writes its log again. */
    private Instant end(AuditGap gap, AuditState.Proven proven) {
        var started = proven.process().startedAt();
        return started.isAfter(gap.from()) ? started : now;
    }
}
