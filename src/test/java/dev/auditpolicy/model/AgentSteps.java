package dev.auditpolicy.model;

import dev.auditpolicy.api.v1alpha1.Phase;
import dev.auditpolicy.api.v1alpha1.Turn;
import dev.auditpolicy.journal.BootTime;
import dev.auditpolicy.journal.OpenTurn;
import dev.auditpolicy.model.AgentState.StatusWrite;
import dev.auditpolicy.model.AgentState.Step.Acquiring;
import dev.auditpolicy.model.AgentState.Step.Evaluated;
import dev.auditpolicy.model.AgentState.Step.Idle;
import dev.auditpolicy.model.AgentState.Step.Reported;
import dev.auditpolicy.model.Store.NodeObject;
import dev.auditpolicy.rollout.NodeState.Report;
import dev.auditpolicy.rollout.TurnAcquisition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What an agent does while it acts on no turn: evaluate the node, report, and acquire the turn. */
final class AgentSteps implements Steps {

    static final String WHO = "agent";

    @Override
    public void from(ModelState state, Consumer<Step> found) {
        for (var index = 0; index < state.agents().size(); index++) {
            var agent = state.agents().get(index);
            switch (agent.step()) {
                case Idle _ when agent.journal().openTurn().isEmpty() -> evaluate(state, index, found);
                case Evaluated(StatusWrite write) -> write(state, index, write, found);
                case Acquiring acquiring -> acquire(state, index, acquiring, found);
                case Idle _, Reported _ -> {}
            }
            if (!(agent.step() instanceof Idle)) {
                found.accept(Step.fault(WHO, index, "crashes", state.with(index, agent.idle())));
            }
        }
    }

    private static void evaluate(ModelState state, int index, Consumer<Step> found) {
        var node = state.store().node(index);
        if (node.isEmpty()) {
            return;
        }
        var idle = state.agents().get(index);
        var report = AgentReport.of(
                idle.machine(), node.get().revision(), idle.journal().lastTurn());
        var agent = report.phase() == Phase.CHECKED ? idle.withChecked(plus(idle.checked(), report.revision())) : idle;
        if (!node.get().report().equals(Optional.of(report))) {
            var write = new StatusWrite(node.get().version(), report);
            found.accept(
                    Step.of(WHO, index, "evaluates its node", state.with(index, agent.with(new Evaluated(write)))));
        } else if (report.phase() == Phase.CHECKED && mayStart(node.get())) {
            var next = acquiring(index, node.get(), report);
            if (findsTurn(state, index, next)) {
                found.accept(Step.of(WHO, index, "evaluates its node", state.with(index, agent.with(next))));
            }
        }
    }

    /**
     * An agent that finds no turn starts over with the same memory, and its AuditNode's resourceVersion shows what
     * happened between the evaluation and the read of the turn. So of the evaluations that write nothing, only those that
     * find a turn matter.
     */
    private static boolean findsTurn(ModelState state, int index, Acquiring next) {
        return nextStep(state, index, next) instanceof TurnAcquisition.CheckNodes;
    }

    private static void write(ModelState state, int index, StatusWrite write, Consumer<Step> found) {
        var agent = state.agents().get(index);
        found.accept(state.store()
                .withReport(index, write.expected(), write.report())
                .map(store -> Step.of(WHO, index, "reports", write.report(), reported(state.with(store), index, write)))
                .orElseGet(() -> Step.of(WHO, index, "fails to report", state.with(index, agent.idle()))));
        late(state, index, write, found);
    }

    private static ModelState reported(ModelState state, int index, StatusWrite write) {
        var agent = state.agents().get(index);
        var node = state.store().node(index).orElseThrow();
        if (write.report().phase() != Phase.CHECKED || !mayStart(node)) {
            return state.with(index, agent.idle());
        }
        var next = acquiring(index, node, write.report());
        return state.with(
                index, next.acquisition() instanceof TurnAcquisition.NotForThisNode ? agent.idle() : agent.with(next));
    }

    private static Acquiring acquiring(int index, NodeObject node, Report report) {
        return new Acquiring(node, TurnAcquisition.of(ModelState.name(index), report.revision(), node.revision()));
    }

    private static void acquire(ModelState state, int index, Acquiring acquiring, Consumer<Step> found) {
        var agent = state.agents().get(index);
        if (acquiring.acquisition() instanceof TurnAcquisition.Begin begin) {
            var open = OpenTurn.begun(
                    begin.turn(), ModelState.spec(acquiring.node().revision()), Instant.EPOCH, BootTime.UNKNOWN);
            found.accept(Step.of(
                    WHO,
                    index,
                    "records",
                    begin.turn(),
                    state.with(index, agent.with(agent.journal().begin(open)).idle())));
        } else if (acquiring.acquisition() instanceof TurnAcquisition.Announce announce) {
            announce(state, index, acquiring.node(), announce, found);
        } else {
            var next = nextStep(state, index, acquiring);
            var over = next instanceof TurnAcquisition.NotForThisNode
                    || next instanceof TurnAcquisition.NotNow
                    || next instanceof TurnAcquisition.TooOld;
            found.accept(Step.of(
                    WHO,
                    index,
                    "goes on to",
                    next,
                    state.with(index, over ? agent.idle() : agent.with(new Acquiring(acquiring.node(), next)))));
        }
    }

    private static TurnAcquisition nextStep(ModelState state, int index, Acquiring acquiring) {
        var agent = state.agents().get(index);
        var current = state.store().policy().turn();
        return switch (acquiring.acquisition()) {
            case TurnAcquisition.ReadTurn step -> step.read(current, agent.journal()::hasUsed, now(state, current));
            case TurnAcquisition.CheckNodes step -> step.checked(nodes(state));
            case TurnAcquisition.ReadTurnAgain step -> step.read(current, now(state, current));
            case TurnAcquisition.CheckNodesAgain step -> step.checked(nodes(state));
            case TurnAcquisition.Announce _,
                    TurnAcquisition.Begin _,
                    TurnAcquisition.NotForThisNode _,
                    TurnAcquisition.NotNow _,
                    TurnAcquisition.TooOld _ -> acquiring.acquisition();
        };
    }

    private static Instant now(ModelState state, Optional<Turn> current) {
        var isOld = current.filter(turn -> state.isOld(turn.id())).isPresent();
        return isOld ? ControllerSteps.ISSUED.plus(Duration.ofHours(1)) : ControllerSteps.ISSUED;
    }

    private static void announce(
            ModelState state, int index, NodeObject node, TurnAcquisition.Announce announce, Consumer<Step> found) {
        var agent = state.agents().get(index);
        var report = new Report(
                Phase.ACTING,
                node.revision(),
                Optional.of(announce.turn().id()),
                node.report().flatMap(Report::lastTurn),
                "");
        var write = new StatusWrite(node.version(), report);
        found.accept(state.store()
                .withReport(index, write.expected(), report)
                .map(store -> Step.of(
                        WHO,
                        index,
                        "announces",
                        announce.turn().id(),
                        state.with(store).with(index, agent.with(new Acquiring(node, announce.announced())))))
                .orElseGet(() -> Step.of(WHO, index, "fails to announce", state.with(index, agent.idle()))));
        late(state, index, write, found);
    }

    /** The agent stops waiting for an answer while its request is still in flight. */
    static void late(ModelState state, int index, StatusWrite write, Consumer<Step> found) {
        var agent = state.agents().get(index);
        if (state.left().late() > 0 && agent.late().isEmpty()) {
            found.accept(Step.fault(
                    WHO,
                    index,
                    "stops waiting for",
                    write,
                    state.with(state.left().late(state.left().late() - 1))
                            .with(index, agent.withLate(Optional.of(write)).idle())));
        }
    }

    private static boolean mayStart(NodeObject node) {
        return node.isProtected() && !node.isDeleted();
    }

    /** A kube-apiserver without an AuditNode is known by its identity lease, and not where it answers. */
    private static List<TurnAcquisition.ObservedNode> nodes(ModelState state) {
        var nodes = new ArrayList<TurnAcquisition.ObservedNode>();
        for (var index = 0; index < state.agents().size(); index++) {
            var ready = state.agents().get(index).machine().isReady();
            var report = state.store().node(index).flatMap(NodeObject::report);
            nodes.add(new TurnAcquisition.ObservedNode(
                    ModelState.name(index), ready && report.isPresent(), report.flatMap(Report::activeTurnID)));
        }
        return nodes;
    }

    private static Set<String> plus(Set<String> set, String element) {
        var more = new HashSet<>(set);
        more.add(element);
        return Set.copyOf(more);
    }
}
