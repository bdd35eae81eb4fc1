package dev.auditpolicy.model;

import dev.auditpolicy.api.v1alpha1.Turn;
import dev.auditpolicy.api.v1alpha1.TurnOutcome;
import dev.auditpolicy.journal.OpenTurn;
import dev.auditpolicy.model.AgentState.StatusWrite;
import dev.auditpolicy.model.ControllerState.NodeWrite;
import dev.auditpolicy.model.ControllerState.TurnWrite;
import dev.auditpolicy.model.Store.NodeObject;
import dev.auditpolicy.model.Store.PolicyObject;
import dev.auditpolicy.rollout.NodeState.Report;
import dev.auditpolicy.rollout.TurnAcquisition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A hash of 64 bits, equal for states that behave the same: it has turn ids by where they occur, not by their number, and
 * resourceVersions by what they will be compared with. The probability of a collision among n states is n²/2⁶⁵: for ten
 * million, 3 in a million.
 */
final class Fingerprint {

    /** How far ahead of a restored etcd an expected resourceVersion can be distinguished, in writes. */
    private static final int FAR_AHEAD = 8;

    private final ModelState state;
    private final List<String> ids = new ArrayList<>();
    private long hash;

    private Fingerprint(ModelState state) {
        this.state = state;
    }

    static long of(ModelState state) {
        var print = new Fingerprint(state);
        print.add(state.left().hashCode());
        print.add(state.settling() ? 1 : 0);
        print.add(state.store());
        state.backup().ifPresentOrElse(backup -> print.add(backup.store()), () -> print.add(-1));
        state.controllers().forEach(print::add);
        for (var index = 0; index < state.agents().size(); index++) {
            print.add(index, state.agents().get(index));
        }
        state.agents().forEach(print::addUsed);
        return print.hash;
    }

    private void add(long value) {
        var mixed = (hash ^ value) + 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        hash = mixed ^ (mixed >>> 31);
    }

    private void add(Store store) {
        add(store.policy());
        store.members().forEach(isMember -> add(isMember ? 1 : 0));
        store.nodes().forEach(node -> node.ifPresentOrElse(this::add, () -> add(-2)));
    }

    private void add(PolicyObject policy) {
        add(policy.revision().hashCode());
        add(policy.committed().hashCode());
        addTurn(policy.turn());
    }

    private void add(NodeObject node) {
        add(node.revision().hashCode());
        add((node.proven() ? 1 : 0) + (node.isProtected() ? 2 : 0) + (node.isDeleted() ? 4 : 0));
        node.report().ifPresentOrElse(this::add, () -> add(-3));
    }

    private void addTurn(Optional<Turn> turn) {
        if (turn.isEmpty()) {
            add(-4);
            return;
        }
        addId(turn.get().id());
        add(turn.get().node().hashCode());
        add(turn.get().revision().hashCode());
        add(turn.get().attempt());
    }

    private void add(Report report) {
        add(report.phase().name().hashCode());
        add(report.revision().hashCode());
        report.activeTurnID().ifPresentOrElse(this::addId, () -> add(-5));
        report.lastTurn().ifPresentOrElse(this::add, () -> add(-6));
    }

    private void add(TurnOutcome outcome) {
        addId(outcome.id());
        add(outcome.revision().hashCode());
        add(outcome.attempt());
        add(outcome.result().name().hashCode());
    }

    private void add(ControllerState controller) {
        switch (controller) {
            case ControllerState.Idle _ -> add(1);
            case ControllerState.Read(PolicyObject policy) -> {
                add(2);
                add(policy);
                addPolicyVersion(policy.version());
            }
            case ControllerState.Writing(List<NodeWrite> nodes, Optional<TurnWrite> turn) -> {
                add(3);
                nodes.forEach(this::add);
                add(4);
                turn.ifPresent(write -> {
                    addTurn(write.turn());
                    add(write.committed().hashCode());
                    addPolicyVersion(write.expected());
                });
            }
        }
    }

    private void add(NodeWrite write) {
        add(write.getClass().getName().hashCode());
        add(write.node());
        switch (write) {
            case NodeWrite.Spec(var node, var expected, var revision) -> {
                add(revision.hashCode());
                addNodeVersion(node, expected);
            }
            case NodeWrite.Delete _ -> {}
            case NodeWrite.Protection(var node, var expected, var isProtected) -> {
                add(isProtected ? 1 : 0);
                addNodeVersion(node, expected);
            }
        }
    }

    private void add(int index, AgentState agent) {
        add(agent.machine().files().hashCode());
        add(agent.machine().process().hashCode());
        add(agent.machine().serving().name().hashCode());
        agent.journal().openTurn().ifPresentOrElse(this::add, () -> add(-7));
        agent.journal().lastTurn().ifPresentOrElse(this::add, () -> add(-10));
        add(index, agent.step());
        agent.late().ifPresentOrElse(write -> add(index, write), () -> add(-8));
        add(agent.checked().hashCode());
        add(agent.failed().hashCode());
    }

    private void add(OpenTurn open) {
        addTurn(Optional.of(open.turn()));
        add(open.spec().revision().hashCode());
        add(open.rollback().isPresent() ? 1 : 0);
        open.end().ifPresentOrElse(this::add, () -> add(-9));
        add(open.images() == null ? 0 : open.images().policyBefore().text().hashCode());
    }

    private void add(int index, AgentState.Step step) {
        switch (step) {
            case AgentState.Step.Idle _ -> add(1);
            case AgentState.Step.Evaluated(StatusWrite write) -> {
                add(2);
                add(index, write);
            }
            case AgentState.Step.Acquiring(NodeObject node, TurnAcquisition acquisition) -> {
                add(3);
                add(node);
                addNodeVersion(index, node.version());
                add(acquisition);
            }
            case AgentState.Step.Reported _ -> add(4);
        }
    }

    private void add(TurnAcquisition acquisition) {
        add(acquisition.getClass().getName().hashCode());
        addTurn(
                switch (acquisition) {
                    case TurnAcquisition.CheckNodes(Turn turn) -> Optional.of(turn);
                    case TurnAcquisition.Announce(Turn turn) -> Optional.of(turn);
                    case TurnAcquisition.ReadTurnAgain(Turn turn) -> Optional.of(turn);
                    case TurnAcquisition.CheckNodesAgain(Turn turn) -> Optional.of(turn);
                    case TurnAcquisition.Begin(Turn turn) -> Optional.of(turn);
                    case TurnAcquisition.ReadTurn _,
                            TurnAcquisition.NotForThisNode _,
                            TurnAcquisition.NotNow _,
                            TurnAcquisition.TooOld _ -> Optional.empty();
                });
    }

    private void add(int index, StatusWrite write) {
        add(write.report());
        addNodeVersion(index, write.expected());
    }

    private void addPolicyVersion(int expected) {
        addVersion(expected, state.store().policy().version(), state.store().version());
        state.backup()
                .map(ModelState.Backup::store)
                .ifPresent(store -> addVersion(expected, store.policy().version(), store.version()));
    }

    private void addNodeVersion(int node, int expected) {
        addVersion(expected, state.store().versionOf(node), state.store().version());
        state.backup()
                .map(ModelState.Backup::store)
                .ifPresent(store -> addVersion(expected, store.versionOf(node), store.version()));
    }

    private void addVersion(int expected, int present, int last) {
        if (expected == present) {
            add(0);
        } else {
            add(expected <= last ? -1 : Math.min(expected - last, FAR_AHEAD));
        }
    }

    private void addId(String id) {
        var known = ids.indexOf(id);
        if (known < 0) {
            ids.add(id);
        }
        add(known < 0 ? ids.size() : known + 1);
        add(state.isOld(id) ? 1 : 0);
        add(state.backup().filter(backup -> !backup.knows(id)).isPresent() ? 1 : 0);
    }

    /** A used id that occurs nowhere else can never come back. */
    private void addUsed(AgentState agent) {
        var used = 0L;
        for (var index = 0; index < ids.size(); index++) {
            if (agent.journal().hasUsed(ids.get(index))) {
                used |= 1L << index;
            }
        }
        add(used);
    }
}
