package dev.auditpolicy.report;

import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.Condition;
import dev.auditpolicy.api.v1alpha1.LogStatus;
import dev.auditpolicy.api.v1alpha1.Observed;
import dev.auditpolicy.api.v1alpha1.RunningRevision;
import dev.auditpolicy.report.proof.AuditPolicyObject;
import dev.auditpolicy.report.proof.BackendSettings;
import dev.auditpolicy.report.proof.EndedGap;
import dev.auditpolicy.report.proof.ProofState;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds gaps on nodes.
 *
 * @param desired the revision that every node is to run
 */
record Gaps(Optional<String> desired) {

    static Gaps of(Optional<AuditPolicyObject> policy) {
        return new Gaps(policy.flatMap(AuditPolicyObject::revision));
    }

    List<Gap> of(NodeEvidence node) {
        var unproven = node.state() instanceof ProofState.NotProven state
                ? Stream.of("NOT PROVEN: " + state.reason())
                : Stream.<String>empty();
        var settings = node.state().proven().stream()
                .map(proven -> proven.settings())
                .filter(BackendSettings.Unknown.class::isInstance)
                .map(unknown -> "its log settings are not proven: " + ((BackendSettings.Unknown) unknown).reason());
        return Stream.of(
                        unproven,
                        settings,
                        node.node().status().stream().flatMap(this::ofStatus),
                        node.node().condition("SinkHealthy").stream()
                                .filter(condition -> condition.status().equals(Condition.FALSE))
                                .map(condition -> "events do not reach the webhook since "
                                        + condition.lastTransitionTime() + ": " + condition.message()))
                .flatMap(texts -> texts)
                .map(text -> new Gap(node.name(), text))
                .toList();
    }

    private Stream<String> ofStatus(AuditNodeStatus status) {
        var otherRevision = Optional.ofNullable(status.running())
                .map(RunningRevision::revision)
                .filter(running -> desired.isPresent() && !running.equals(desired.get()))
                .map(running -> "it runs revision " + running + ", and " + desired.orElse("") + " is desired");
        var ended = EndedGap.of(status).map(text -> "it " + text);
        var drift = Optional.ofNullable(status.drift())
                .map(last -> "a change on the node was noticed at " + last.noticedAt() + " (" + Terms.of(last.cause())
                        + ")");
        return Stream.of(
                        otherRevision.stream(),
                        ended.stream(),
                        drift.stream(),
                        Optional.ofNullable(status.log()).stream().flatMap(Gaps::ofLog),
                        lost(status),
                        Optional.ofNullable(status.observed()).map(Observed::problems).stream()
                                .flatMap(List::stream))
                .flatMap(texts -> texts);
    }

    private static Stream<String> ofLog(LogStatus log) {
        return Optional.ofNullable(log.truncatedAt())
                .map(time -> "at " + time
                        + ", another process had truncated or overwritten the log: the events in it are lost")
                .stream();
    }

    private static Stream<String> lost(AuditNodeStatus status) {
        var webhook = status.webhook();
        if (webhook == null) {
            return Stream.empty();
        }
        return Stream.of(
                        count(webhook.lostEvents(), " events never reached the webhook since kube-apiserver started"),
                        count(
                                webhook.lostAtStop(),
                                " events were not delivered when the previous kube-apiserver ended"))
                .flatMap(Optional::stream);
    }

    private static Optional<String> count(@Nullable Long events, String what) {
        return Optional.ofNullable(events).filter(number -> number > 0).map(number -> number + what);
    }
}
