package dev.auditpolicy.controller;

import dev.auditpolicy.api.v1alpha1.Phase;
import dev.auditpolicy.api.v1alpha1.Rollout;
import dev.auditpolicy.api.v1alpha1.Turn;
import dev.auditpolicy.api.v1alpha1.TurnOutcome;
import dev.auditpolicy.api.v1alpha1.TurnOutcome.Result;
import dev.auditpolicy.rollout.ClusterState;
import dev.auditpolicy.rollout.Decision;
import dev.auditpolicy.rollout.Decision.Wait;
import dev.auditpolicy.rollout.NodeState;
import dev.auditpolicy.rollout.NodeState.Report;
import dev.auditpolicy.rollout.Readiness;
import dev.auditpolicy.rollout.TurnPlanner;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A cluster of three nodes as the controller observes it, and what the planner decides there. */
record Situation(
        List<NodeState> nodes, Optional<Turn> turn, Rollout rollout, List<String> unmanaged, Optional<Wait> hold) {

    static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    static final String REVISION = "753e6d99c41d0d7c";
    static final String TURN_ID = "5b0f1c8e-8a0e-4c53-9d3f-2f6f3f1f6a01";

    private static final Rollout ROLLOUT = Rollout.defaults();

    static Situation of(NodeState... nodes) {
        return new Situation(List.of(nodes), Optional.empty(), ROLLOUT, List.of(), Optional.empty());
    }

    /** All three nodes in this phase. */
    static Situation of(Phase phase) {
        return of(node("cp1", phase, ""), node("cp2", phase, ""), node("cp3", phase, ""));
    }

    /** cp1 and cp2 run the revision, and cp3 is in this phase. */
    static Situation last(Phase phase, String message) {
        return last(node("cp3", phase, message));
    }

    static Situation last(NodeState node) {
        return of(node("cp1", Phase.EFFECTIVE, ""), node("cp2", Phase.EFFECTIVE, ""), node);
    }

    /** cp3 has the turn since then. */
    Situation withTurn(Instant issuedAt) {
        return new Situation(
                nodes, Optional.of(new Turn(TURN_ID, "cp3", REVISION, 1, issuedAt)), rollout, unmanaged, hold);
    }

    Situation paused() {
        var paused =
                new Rollout(true, rollout.drainSeconds(), rollout.minReadySeconds(), rollout.verifyTimeoutSeconds());
        return new Situation(nodes, turn, paused, unmanaged, hold);
    }

    /** The rollout must not start. */
    Situation held(Decision.Reason reason, String message) {
        return new Situation(nodes, turn, rollout, unmanaged, Optional.of(new Wait(reason, message)));
    }

    Situation withUnmanaged(String host) {
        return new Situation(
                nodes,
                turn,
                rollout,
                Stream.concat(unmanaged.stream(), Stream.of(host)).toList(),
                hold);
    }

    Decision decide(String target) {
        return new TurnPlanner()
                .decide(new ClusterState(
                        target, rollout, turn, nodes, List.of(), Optional.empty(), unmanaged, hold, NOW));
    }

    static NodeState node(String name, Phase phase, String message) {
        return node(name, new Report(phase, REVISION, Optional.empty(), Optional.empty(), message));
    }

    static NodeState node(String name, Report report) {
        return new NodeState(name, Optional.of(report), Optional.of(Instant.EPOCH));
    }

    /** cp3 acts on the turn. */
    static NodeState acting() {
        return node(
                "cp3",
                new Report(
                        Phase.ACTING, REVISION, Optional.of(TURN_ID), Optional.empty(), "restarting kube-apiserver"));
    }

    /** cp3 is in this phase, and has ended a turn with this result. */
    static NodeState ended(Phase phase, Result result, String message) {
        var outcome = new TurnOutcome(TURN_ID, REVISION, 1, result, NOW, message, null);
        return node("cp3", new Report(phase, REVISION, Optional.empty(), Optional.of(outcome), message));
    }

    /** cp3 has the files and is not verified since then. */
    static NodeState unverified(Instant since, String message) {
        return node(
                "cp3",
                new Report(Phase.PENDING, REVISION, Optional.empty(), Optional.empty(), message, Optional.of(since)));
    }

    /** cp3 can run the revision, and its kube-apiserver is not ready. */
    static NodeState notReady() {
        var report = new Report(Phase.CHECKED, REVISION, Optional.empty(), Optional.empty(), "");
        return new NodeState("cp3", Optional.of(report), Optional.empty());
    }

    /** No agent has reported from cp3. */
    static NodeState withoutAgent() {
        return new NodeState(
                "cp3",
                Optional.empty(),
                Readiness.of(Optional.of(Instant.EPOCH)),
                Optional.empty(),
                Optional.of(
                        "no agent has reported from node cp3, which runs a kube-apiserver: no pod of the agent is on"
                                + " that node"));
    }
}
