package dev.auditpolicy.model;

import dev.auditpolicy.api.v1alpha1.Rollout;
import dev.auditpolicy.api.v1alpha1.Turn;
import dev.auditpolicy.model.ControllerState.Idle;
import dev.auditpolicy.model.ControllerState.NodeWrite;
import dev.auditpolicy.model.ControllerState.Read;
import dev.auditpolicy.model.ControllerState.TurnWrite;
import dev.auditpolicy.model.ControllerState.Writing;
import dev.auditpolicy.model.Store.NodeObject;
import dev.auditpolicy.model.Store.PolicyObject;
import dev.auditpolicy.rollout.ClusterState;
import dev.auditpolicy.rollout.Decision;
import dev.auditpolicy.rollout.DepartingNode;
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
        found.accept(decided(state, controller, policy, early, ISSUED.plusSeconds(1), "decides"));
        if (policy.turn().isPresent()) {
            var late = decision(state, controller, policy, ISSUED.plus(Duration.ofHours(1)));
            if (!late.equals(early)) {
                found.accept(
                        decided(state, controller, policy, late, ISSUED.plus(Duration.ofHours(1)), "decides late"));
            }
        }
    }

    /** What a controller decides that observes everything at once. */
    Decision decision(ModelState state) {
        return decision(state, 0, state.store().policy(), ISSUED.plusSeconds(1));
    }

    private Decision decision(ModelState state, int controller, PolicyObject policy, Instant now) {
        return planner.decide(cluster(state, controller, policy, now));
    }

    /** Every kube-apiserver renews its identity lease: without its Node it is unmanaged. */
    private static ClusterState cluster(ModelState state, int controller, PolicyObject policy, Instant now) {
        var nodes = new ArrayList<NodeState>();
        var departing = new ArrayList<DepartingNode>();
        var unmanaged = new ArrayList<String>();
        for (var index = 0; index < state.agents().size(); index++) {
            var node = node(state, index, policy, now);
            if (state.store().isMember(index)) {
                nodes.add(node);
                continue;
            }
            unmanaged.add(node.name());
            state.store()
                    .node(index)
                    .map(object -> new DepartingNode(node, object.isDeleted() ? ISSUED : now, true))
                    .ifPresent(departing::add);
        }
        return new ClusterState(
                policy.revision(),
                ROLLOUT,
                policy.turn(),
                nodes,
                departing,
                Optional.of(ModelState.name(controller)),
                unmanaged,
                now);
    }

    private static NodeState node(ModelState state, int index, PolicyObject policy, Instant now) {
        var object = state.store().node(index);
        var isDeleted = object.filter(NodeObject::isDeleted).isPresent();
        var report = object.flatMap(NodeObject::report).filter(last -> last.isRelevant(isDeleted));
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
            ModelState state, int controller, PolicyObject policy, Decision decision, Instant now, String label) {
        var writes = new ArrayList<NodeWrite>();
        for (var index = 0; index < state.agents().size(); index++) {
            var target = node(state, index, policy, ISSUED).target(policy.revision());
            var object = state.store().node(index);
            if (!state.store().isMember(index)) {
                if (object.filter(known -> !known.isDeleted()).isPresent()) {
                    writes.add(new NodeWrite.Delete(index));
                }
            } else if (object.filter(
                            known -> known.isDeleted() || known.revision().equals(target))
                    .isEmpty()) {
                writes.add(new NodeWrite.Spec(index, state.store().versionOf(index), target));
            }
        }
        writes.addAll(protections(state, cluster(state, controller, policy, now), decision));
        var made = decision instanceof Decision.Grant ? state.turns() + 1 : state.turns();
        var turn = turn(policy, decision, made);
        var committed = decision instanceof Decision.Complete ? policy.revision() : policy.committed();
        var write = turn.equals(policy.turn()) && committed.equals(policy.committed())
                ? Optional.<TurnWrite>empty()
                : Optional.of(new TurnWrite(policy.version(), turn, committed));
        return Step.of(WHO, controller, label, decision, state.withTurns(made).with(controller, next(writes, write)));
    }

    private static List<NodeWrite> protections(ModelState state, ClusterState cluster, Decision decision) {
        var writes = new ArrayList<NodeWrite>();
        for (var index = 0; index < state.agents().size(); index++) {
            var name = ModelState.name(index);
            var isProtected =
                    state.store().node(index).filter(NodeObject::isProtected).isPresent();
            var isGranted =
                    decision instanceof Decision.Grant grant && grant.node().equals(name);
            if ((isProtected && !cluster.isInTurn(name)) || (!isProtected && isGranted)) {
                writes.add(new NodeWrite.Protection(index, state.store().versionOf(index), isGranted));
            }
        }
        return writes;
    }

    private static Optional<Turn> turn(PolicyObject policy, Decision decision, int id) {
        return switch (decision) {
            case Decision.Grant grant ->
                Optional.of(new Turn("t" + id, grant.node(), grant.revision(), grant.attempt(), ISSUED));
            case Decision.Revoke _, Decision.Complete _ -> Optional.empty();
            case Decision.Retain _, Decision.Wait _, Decision.Stall _ -> policy.turn();
        };
    }

    private static Step write(ModelState state, int controller, Writing writing) {
        if (writing.nodes().isEmpty()) {
            var write = writing.turn().orElseThrow();
            var written = state.store().withTurn(write.expected(), write.turn(), write.committed());
            return Step.of(
                    WHO,
                    controller,
                    written.isPresent() ? "writes the turn" : "fails to write the turn",
                    write.turn(),
                    written.map(state::with).orElse(state).with(controller, new Idle()));
        }
        var left = writing.nodes().subList(1, writing.nodes().size());
        var write = writing.nodes().getFirst();
        return written(state, write)
                .map(store -> Step.of(
                        WHO,
                        controller,
                        "writes",
                        write,
                        state.with(store).with(controller, next(left, writing.turn()))))
                .orElseGet(() ->
                        Step.of(WHO, controller, "fails to write an AuditNode", state.with(controller, new Idle())));
    }

    private static Optional<Store> written(ModelState state, NodeWrite write) {
        return switch (write) {
            case NodeWrite.Spec(var node, var expected, var revision) ->
                state.store().withSpec(node, expected, revision);
            case NodeWrite.Delete(var node) -> Optional.of(state.store().delete(node));
            case NodeWrite.Protection(var node, var expected, var isProtected) ->
                state.store().withProtection(node, expected, isProtected);
        };
    }

    private static ControllerState next(List<NodeWrite> nodes, Optional<TurnWrite> turn) {
        return nodes.isEmpty() && turn.isEmpty() ? new Idle() : new Writing(List.copyOf(nodes), turn);
    }
}
