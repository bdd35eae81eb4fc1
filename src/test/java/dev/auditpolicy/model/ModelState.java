package dev.auditpolicy.model;

import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.Phase;
import dev.auditpolicy.journal.Journal;
import dev.auditpolicy.model.AgentState.Step.Idle;
import dev.auditpolicy.model.Machine.Serving;
import dev.auditpolicy.model.Store.NodeObject;
import dev.auditpolicy.model.Store.PolicyObject;
import dev.auditpolicy.rollout.NodeState.Report;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The whole system at one moment.
 *
 * @param backup of etcd, if there is one
 * @param oldTurns how many turn ids were made before the backup that etcd was restored from
 * @param settling whether the kube-apiservers have not been ready for minReadySeconds since etcd was restored
 * @param turns how many turn ids were ever made; no restore brings one back
 */
record ModelState(
        Store store,
        Optional<Backup> backup,
        int oldTurns,
        boolean settling,
        List<ControllerState> controllers,
        List<AgentState> agents,
        Budget left,
        int turns) {

    /**
     * A backup, restored an hour or more later.
     *
     * @param turns how many turn ids were made before it
     */
    record Backup(Store store, int turns) {

        boolean knows(String turnId) {
            return number(turnId) <= turns;
        }
    }

    private static int number(String turnId) {
        return Integer.parseInt(turnId.substring(1));
    }

    static final String OLD = "old";
    static final String DESIRED = "desired";

    /** Every node runs and reports {@code OLD}, which is committed, and the user has just written {@code DESIRED}. */
    static ModelState initial(int controllers, int agents, Budget budget) {
        var report = new Report(Phase.EFFECTIVE, OLD, Optional.empty(), Optional.empty(), "");
        var node = Optional.of(new NodeObject(1, OLD, Optional.of(report), true, false, false));
        var agent = new AgentState(
                new Machine(OLD, OLD, Serving.READY),
                Journal.empty(),
                new Idle(),
                Optional.empty(),
                Set.of(),
                Optional.empty());
        return new ModelState(
                new Store(
                        2,
                        new PolicyObject(2, DESIRED, Optional.empty(), OLD),
                        Collections.nCopies(agents, node),
                        Collections.nCopies(agents, true)),
                Optional.empty(),
                0,
                false,
                Collections.nCopies(controllers, new ControllerState.Idle()),
                Collections.nCopies(agents, agent),
                budget,
                0);
    }

    static String name(int agent) {
        return "cp" + (agent + 1);
    }

    static AuditNodeSpec spec(String revision) {
        return new AuditNodeSpec(revision, 1L, "policy", null, 10, 180);
    }

    /** Whether the turn was made before the backup that etcd was restored from. */
    boolean isOld(String turnId) {
        return number(turnId) <= oldTurns;
    }

    ModelState with(Store now) {
        return new ModelState(now, backup, oldTurns, settling, controllers, agents, left, turns);
    }

    ModelState with(Budget now) {
        return new ModelState(store, backup, oldTurns, settling, controllers, agents, now, turns);
    }

    ModelState withBackup() {
        return new ModelState(
                store, Optional.of(new Backup(store, turns)), oldTurns, settling, controllers, agents, left, turns);
    }

    ModelState restored(Budget now) {
        var from = backup.orElseThrow();
        return new ModelState(from.store(), Optional.empty(), from.turns(), true, controllers, agents, now, turns);
    }

    ModelState settled() {
        return new ModelState(store, backup, oldTurns, false, controllers, agents, left, turns);
    }

    ModelState with(int controller, ControllerState now) {
        return new ModelState(
                store, backup, oldTurns, settling, changed(controllers, controller, now), agents, left, turns);
    }

    ModelState with(int agent, AgentState now) {
        return new ModelState(store, backup, oldTurns, settling, controllers, changed(agents, agent, now), left, turns);
    }

    ModelState withAgents(List<AgentState> now) {
        return new ModelState(store, backup, oldTurns, settling, controllers, now, left, turns);
    }

    ModelState withTurns(int made) {
        return new ModelState(store, backup, oldTurns, settling, controllers, agents, left, made);
    }

    private static <T> List<T> changed(List<T> list, int index, T element) {
        var copy = new ArrayList<>(list);
        copy.set(index, element);
        return List.copyOf(copy);
    }
}
