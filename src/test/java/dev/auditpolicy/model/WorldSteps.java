package dev.auditpolicy.model;

import dev.auditpolicy.model.Machine.Serving;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What kubelet, the network and the user do, and the faults of a {@link Budget}. */
final class WorldSteps implements Steps {

    private static final String WHO = "world";
    private static final List<String> REVISIONS = List.of(ModelState.DESIRED, "newer");
    private static final String FOREIGN = "foreign";

    @Override
    public void from(ModelState state, Consumer<Step> found) {
        for (var index = 0; index < state.agents().size(); index++) {
            starts(state, index, found);
            arrives(state, index, found);
            delete(state, index, found);
            depart(state, index, found);
        }
        write(state, found);
        drift(state, found);
        backUpAndRestore(state, found);
    }

    private static void starts(ModelState state, int index, Consumer<Step> found) {
        var agent = state.agents().get(index);
        if (agent.machine().serving() == Serving.RESTARTING) {
            var ready = agent.with(agent.machine().with(Serving.READY));
            found.accept(Step.of("kubelet", index, "has started the kube-apiserver", state.with(index, ready)));
        }
    }

    private static void arrives(ModelState state, int index, Consumer<Step> found) {
        var agent = state.agents().get(index);
        agent.late().ifPresent(write -> {
            var store = state.store().withReport(index, write.expected(), write.report());
            found.accept(Step.of(
                    WHO,
                    index,
                    store.isPresent() ? "a late write arrives" : "a late write is refused",
                    write,
                    store.map(state::with).orElse(state).with(index, agent.withLate(Optional.empty()))));
        });
    }

    private static void delete(ModelState state, int index, Consumer<Step> found) {
        if (state.left().deletions() > 0 && state.store().node(index).isPresent()) {
            var left = state.left().deletions(state.left().deletions() - 1);
            found.accept(Step.fault(
                    WHO,
                    index,
                    "somebody deletes the AuditNode",
                    state.with(state.store().without(index)).with(left)));
        }
    }

    private static void depart(ModelState state, int index, Consumer<Step> found) {
        if (!state.store().isMember(index)) {
            var returned = state.store().withMember(index, true);
            found.accept(Step.fault(WHO, index, "somebody labels the Node again", state.with(returned)));
        } else if (state.left().departures() > 0) {
            var departed = state.with(state.left().departures(state.left().departures() - 1));
            var store = state.store().withMember(index, false);
            found.accept(Step.fault(WHO, index, "somebody removes the Node's label", departed.with(store)));
            found.accept(Step.fault(WHO, index, "somebody deletes the Node", departed.with(store.delete(index))));
        }
    }

    private static void write(ModelState state, Consumer<Step> found) {
        if (state.left().generations() > 0) {
            var left = state.left().generations(state.left().generations() - 1);
            var agents = state.agents().stream()
                    .map(agent -> agent.withFailed(Optional.empty()))
                    .toList();
            REVISIONS.stream()
                    .filter(revision -> !revision.equals(state.store().policy().revision()))
                    .map(revision -> Step.fault(
                            WHO,
                            0,
                            "the user writes",
                            revision,
                            state.with(state.store().withRevision(revision))
                                    .with(left)
                                    .withAgents(agents)))
                    .forEach(found);
        }
    }

    private static void drift(ModelState state, Consumer<Step> found) {
        if (state.left().drifts() > 0) {
            var left = state.left().drifts(state.left().drifts() - 1);
            var agents = state.agents().stream()
                    .map(agent -> agent.with(agent.machine().withFiles(FOREIGN)))
                    .toList();
            found.accept(Step.fault(
                    WHO,
                    0,
                    "somebody changes the files of every node",
                    state.with(left).withAgents(agents)));
        }
    }

    private void backUpAndRestore(ModelState state, Consumer<Step> found) {
        if (state.left().restores() > 0 && state.backup().isEmpty()) {
            found.accept(Step.fault(WHO, 0, "etcd is backed up", state.withBackup()));
        }
        if (state.left().restores() > 0 && state.backup().isPresent() && mayBeRestored(state)) {
            var left = state.left().restores(state.left().restores() - 1);
            found.accept(Step.fault(WHO, 0, "etcd is restored", state.restored(left)));
        }
        if (state.settling() && state.agents().stream().noneMatch(WorldSteps::isBusy)) {
            found.accept(Step.of(WHO, 0, "minReadySeconds have passed", state.settled()));
        }
    }

    private static boolean isBusy(AgentState agent) {
        return agent.isAboutToRestart() || agent.isDisrupted();
    }

    /** Not in the moment between a node's last check of the cluster and its restart. */
    private static boolean mayBeRestored(ModelState state) {
        return state.agents().stream().noneMatch(AgentState::isAboutToRestart);
    }
}
