package dev.auditpolicy.controller;

import static dev.auditpolicy.controller.Situation.NOW;
import static dev.auditpolicy.controller.Situation.REVISION;
import static dev.auditpolicy.controller.Situation.acting;
import static dev.auditpolicy.controller.Situation.ended;
import static dev.auditpolicy.controller.Situation.notReady;
import static dev.auditpolicy.controller.Situation.unverified;
import static dev.auditpolicy.controller.Situation.withoutAgent;

import dev.auditpolicy.api.v1alpha1.AuditPolicy;
import dev.auditpolicy.api.v1alpha1.AuditPolicyStatus;
import dev.auditpolicy.api.v1alpha1.Phase;
import dev.auditpolicy.api.v1alpha1.Turn;
import dev.auditpolicy.api.v1alpha1.TurnOutcome.Result;
import dev.auditpolicy.rollout.Decision;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An AuditPolicy in every state in which clients can read it, by name, with the decisions behind them. */
final class AuditPolicyStates {

    private static final String EARLIER = "9de22f29f081ba6d";
    private static final String RESTORATION = "restore-0a1b2c3d-2";
    private static final String INVALID =
            "spec.webhook.kubeconfigSecret.name=audit-webhook: there is no such Secret in the namespace"
                    + " auditpolicy-system: create it";

    private final StatusFactory statuses = new StatusFactory(() -> NOW);
    private final Map<String, AuditPolicy> states = new LinkedHashMap<>();
    private final List<Decision> decisions = new ArrayList<>();

    AuditPolicyStates() {
        addNotObserved();
        addAccepted();
        addStalled();
        addWithoutADecision();
        addOfAnEarlierGeneration();
        addDeleted();
    }

    Map<String, AuditPolicy> byName() {
        return Map.copyOf(states);
    }

    /** What the planner decided. */
    List<Decision> decisions() {
        return List.copyOf(decisions);
    }

    /** As the API server returns one that no controller has seen. */
    private void addNotObserved() {
        states.put("not-observed", policy(1, new AuditPolicyStatus(-1L, null, null, null, null, List.of())));
    }

    private void addAccepted() {
        add("ready", Situation.of(Phase.EFFECTIVE));
        add("ready-with-findings", Situation.of(Phase.EFFECTIVE), "rules[1]: rule 0 hides it");
        add("turn-granted", Situation.of(Phase.CHECKED));
        add("turn-retained", Situation.last(acting()).withTurn(NOW));
        add(
                "turn-revoked",
                Situation.of(
                                Situation.node("cp1", Phase.CHECKED, ""),
                                Situation.node("cp2", Phase.EFFECTIVE, ""),
                                ended(Phase.EFFECTIVE, Result.EFFECTIVE, ""))
                        .withTurn(NOW));
        add("turn-in-progress", Situation.last(acting()));
        add("turn-abandoned", Situation.last(ended(Phase.CHECKED, Result.ABANDONED, "kubelet does not run")));
        add("checking", Situation.last(Phase.PENDING, "not checked yet"));
        add("waiting-for-readiness", Situation.last(notReady()));
        add("agent-missing", Situation.last(withoutAgent()));
        add("paused", Situation.last(Phase.CHECKED, "").paused());
        add(
                "awaiting-approval",
                Situation.last(Phase.CHECKED, "")
                        .held(Decision.Reason.AwaitingApproval, "revision " + REVISION + " waits for approval"));
        add(
                "growth-above-limit",
                Situation.last(Phase.CHECKED, "")
                        .held(Decision.Reason.GrowthAboveLimit, "the log of node cp3 is predicted to grow"));
        add("node-held", Situation.last(Phase.HELD, "held by /var/lib/auditpolicy/hold: maintenance"));
        add("no-control-plane-nodes", Situation.of());
        add("unmanaged-api-server", Situation.of(Phase.EFFECTIVE).withUnmanaged("cp4"));
    }

    private void addStalled() {
        add("node-refused", Situation.last(Phase.REFUSED, "kube-apiserver would not start: no such file"));
        add("rolled-back", Situation.last(Phase.ROLLED_BACK, "kube-apiserver exited: permission denied"));
        add("turn-failed", Situation.last(Phase.FAILED, "kube-apiserver does not start again"));
        add("node-drifted", Situation.last(Phase.DRIFTED, "changed again soon after a turn reverted it"));
        add("not-verified", Situation.last(unverified(NOW.minusSeconds(600), "the canary is not in the log")));
        add("turn-overdue", Situation.last(acting()).withTurn(NOW.minusSeconds(3600)));
    }

    private void addWithoutADecision() {
        var wait = new Decision.Wait(Decision.Reason.Checking, "");
        var nodes = Situation.of(Phase.EFFECTIVE).nodes();
        var first = policy(1, null);
        states.put("invalid", with(first, statuses.invalid(first, nodes, List.of(INVALID), wait)));
        var later = policy(2, ready());
        states.put("invalid-after-valid", with(later, statuses.invalid(later, nodes, List.of(INVALID), wait)));
        var failing = policy(2, ready());
        states.put("controller-failed", with(failing, statuses.failed(failing, new IllegalStateException("no lease"))));
    }

    /** A client has written another generation, and the controller has not seen it yet. */
    private void addOfAnEarlierGeneration() {
        for (var name : List.of("ready", "rolled-back", "invalid", "paused")) {
            states.put("earlier-generation-" + name, policy(3, states.get(name).getStatus()));
        }
    }

    private void addDeleted() {
        addDeleted("deleted", ready());
        var restorations = new RestorationStatus(statuses);
        var held = Situation.last(Phase.HELD, "held by /var/lib/auditpolicy/hold");
        addDeleted(
                "restoring",
                restorations.of(policy(2, ready()), RESTORATION, held.nodes(), decide(Situation.of(Phase.CHECKED))));
        addDeleted("restore-blocked", restorations.of(policy(2, ready()), RESTORATION, held.nodes(), decide(held)));
    }

    private void addDeleted(String name, AuditPolicyStatus status) {
        var policy = policy(2, withFixedTurn(status));
        policy.getMetadata().setDeletionTimestamp("2026-01-01T12:00:00Z");
        states.put(name, policy);
    }

    private void add(String name, Situation situation, String... findings) {
        var policy = policy(2, committed(situation.turn()), situation.rollout().paused());
        states.put(
                name,
                with(
                        policy,
                        statuses.accepted(
                                policy,
                                desired(REVISION, findings),
                                situation.nodes(),
                                situation.unmanaged(),
                                decide(situation))));
    }

    /** A spec without temporary rules, whose rollout has no plan. */
    static StatusFactory.Desired desired(String revision, String... findings) {
        return new StatusFactory.Desired(revision, List.of(findings), TemporaryState.NONE, Optional.empty());
    }

    private Decision decide(Situation situation) {
        var decision = situation.decide(REVISION);
        decisions.add(decision);
        return decision;
    }

    private AuditPolicyStatus ready() {
        return states.get("ready").getStatus();
    }

    /** An earlier revision was rolled out everywhere. */
    private static AuditPolicyStatus committed(Optional<Turn> turn) {
        return new AuditPolicyStatus(1L, EARLIER, EARLIER, turn.orElse(null), null, List.of());
    }

    private static AuditPolicy policy(long generation, @Nullable AuditPolicyStatus status) {
        return policy(generation, status, false);
    }

    private static AuditPolicy policy(long generation, @Nullable AuditPolicyStatus status, boolean isPaused) {
        var policy = Serialization.unmarshal("""
                apiVersion: auditpolicy.dev/v1alpha1
                kind: AuditPolicy
                metadata: {name: cluster, generation: %d}
                spec:
                  policy: {rules: [{level: Metadata}]}
                  log: {path: /var/log/kubernetes/audit/audit.log}
                  rollout: {paused: %s}
                """.formatted(generation, isPaused), AuditPolicy.class);
        policy.setStatus(status);
        return policy;
    }

    private static AuditPolicy with(AuditPolicy policy, AuditPolicyStatus status) {
        policy.setStatus(withFixedTurn(status));
        return policy;
    }

    /** Each grant has another id. */
    private static AuditPolicyStatus withFixedTurn(AuditPolicyStatus status) {
        var turn = Optional.ofNullable(status.turn())
                .map(given ->
                        new Turn(Situation.TURN_ID, given.node(), given.revision(), given.attempt(), given.issuedAt()))
                .orElse(null);
        return new AuditPolicyStatus(
                status.observedGeneration(),
                status.revision(),
                status.committedRevision(),
                turn,
                status.nodes(),
                status.conditions());
    }
}
