package dev.auditpolicy.model;

import dev.auditpolicy.api.v1alpha1.Rollout;
import dev.auditpolicy.api.v1alpha1.Turn;
import dev.auditpolicy.model.ControllerState.Idle;
import dev.auditpolicy.model.ControllerState.Read;
import dev.auditpolicy.model.ControllerState.SpecWrite;
import dev.auditpolicy.model.ControllerState.TurnWrite;
import dev.auditpolicy.model.ControllerState.Writing;
import dev.auditpolicy.model.Store.NodeObject;
import dev.auditpolicy.model.Store.PolicyObject;
import dev.auditpolicy.rollout.ClusterState;
import dev.auditpolicy.rollout.Decision;
import dev.auditpolicy.rollout.NodeState;
import dev.auditpolicy.rollout.TurnPlanner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The calls of a controller in the order of its reconciler: AuditPolicy, AuditNodes, specs, status. */
final class ControllerSteps implements Steps {

    private static final String WHO = "controller";
    static final Instant ISSUED = Instant.parse("2026-01-01T00:00:00Z");
    private static final Rollout ROLLOUT = new Rollout(false, 10, 30, 180);

    private final TurnPlanner planner = new TurnPlanner();

    @Override
    public void from(ModelState state, Consumer<Step> found) {
        for (var index = 0; index < state.controllers().size(); index++) {
            var controller = index;
            var now = state.controllers().get(index);
            switch (now) {
                case Idle _ -> found.accept(read(state, controller));
                case Read(PolicyObject policy) -> decide(state, controller, policy, found);
                case Writing writing -> found.accept(write(state, controller, writing));
            }
            if (!(now instanceof Idle)) {
                found.accept(Step.fault(WHO, index, "crashes", state.with(index, new Idle())));
            }
        }
    }

    private static Step read(ModelState state, int controller) {
        return Step.of(
                WHO,
                controller,
                "reads the AuditPolicy",
                state.with(controller, new Read(state.store().policy())));
    }

    private void decide(ModelState state, int controller, PolicyObject policy, Consumer<Step> found) {
        var early = decision(state, controller, policy, ISSUED.plusSeconds(1));
        found.accept(decided(state, controller, policy, early, "decides"));
        if (policy.turn().isPresent()) {
            var late = decision(state, controller, policy, ISSUED.plus(Duration.ofHours(1)));
            if (!late.equals(early)) {
                found.accept(decided(state, controller, policy, late, "decides late"));
            }
        }
    }

    /** What a controller decides that observes everything at once. */
    Decision decision(ModelState state) {
        return decision(state, 0, state.store().policy(), ISSUED.plusSeconds(1));
    }

    private Decision decision(ModelState state, int controller, PolicyObject policy, Instant now) {
        var nodes = new ArrayList<NodeState>();
        for (var index = 0; index < state.agents().size(); index++) {
            nodes.add(node(state, index, policy, now));
        }
        var ownNode = Optional.of(ModelState.name(controller));
        return planner.decide(
                new ClusterState(policy.revision(), ROLLOUT, policy.turn(), nodes, ownNode, List.of(), now));
    }

    private static NodeState node(ModelState state, int index, PolicyObject policy, Instant now) {
        var object = state.store().node(index);
        var report = object.flatMap(NodeObject::report);
        var since = state.settling() ? now : now.minusSeconds(600);
        var ready = state.agents().get(index).machine().isReady() && report.isPresent();
        var joins = NodeState.joins(
                policy.committed(),
                object.filter(NodeObject::proven).isPresent(),
                report.flatMap(NodeState.Report::lastTurn));
        return new NodeState(
                ModelState.name(index),
                report,
                ready ? Optional.of(since) : Optional.empty(),
                joins ? Optional.of(policy.committed()) : Optional.empty());
    }

    private static Step decided(
            ModelState state, int controller, PolicyObject policy, Decision decision, String label) {
        var specs = new ArrayList<SpecWrite>();
        for (var index = 0; index < state.agents().size(); index++) {
            var target = node(state, index, policy, ISSUED).target(policy.revision());
            var object = state.store().node(index);
            if (object.filter(known -> known.revision().equals(target)).isEmpty()) {
                specs.add(new SpecWrite(index, state.store().versionOf(index), target));
            }
        }
        var made = decision instanceof Decision.Grant ? state.turns() + 1 : state.turns();
        var turn = turn(policy, decision, made);
        var committed = decision instanceof Decision.Complete ? policy.revision() : policy.committed();
        var write = turn.equals(policy.turn()) && committed.equals(policy.committed())
                ? Optional.<TurnWrite>empty()
                : Optional.of(new TurnWrite(policy.version(), turn, committed));
        return Step.of(WHO, controller, label, decision, state.withTurns(made).with(controller, next(specs, write)));
    }

    private static Optional<Turn> turn(PolicyObject policy, Decision decision, int id) {
        return switch (decision) {
            case Decision.Grant grant ->
                Optional.of(new Turn("t" + id, grant.node(), grant.revision(), grant.attempt(), ISSUED));
            case Decision.Revoke _ -> Optional.empty();
            case Decision.Complete _, Decision.Retain _, Decision.Wait _, Decision.Stall _ -> policy.turn();
        };
    }

    private static Step write(ModelState state, int controller, Writing writing) {
        if (writing.specs().isEmpty()) {
            var write = writing.turn().orElseThrow();
            var written = state.store().withTurn(write.expected(), write.turn(), write.committed());
            return Step.of(
                    WHO,
                    controller,
                    written.isPresent() ? "writes the turn" : "fails to write the turn",
                    write.turn(),
                    written.map(state::with).orElse(state).with(controller, new Idle()));
        }
        var write = writing.specs().getFirst();
        var left = writing.specs().subList(1, writing.specs().size());
        return state.store()
                .withSpec(write.node(), write.expected(), write.revision())
                .map(store -> Step.of(
                        WHO,
                        controller,
                        "writes the spec of",
                        write.node() + 1,
                        state.with(store).with(controller, next(left, writing.turn()))))
                .orElseGet(() -> Step.of(WHO, controller, "fails to write a spec", state.with(controller, new Idle())));
    }

    private static ControllerState next(List<SpecWrite> specs, Optional<TurnWrite> turn) {
        return specs.isEmpty() && turn.isEmpty() ? new Idle() : new Writing(List.copyOf(specs), turn);
    }
}
