package dev.auditpolicy.model;

import dev.auditpolicy.api.v1alpha1.Phase;
import dev.auditpolicy.api.v1alpha1.Turn;
import dev.auditpolicy.journal.Journal.OpenTurn;
import dev.auditpolicy.model.AgentState.StatusWrite;
import dev.auditpolicy.model.AgentState.Step.Claiming;
import dev.auditpolicy.model.AgentState.Step.Idle;
import dev.auditpolicy.model.AgentState.Step.Looked;
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

/** What an agent does while it acts on no turn: look, report, and claim the turn. */
final class AgentSteps implements Steps {

    static final String WHO = "agent";

    @Override
    public void from(ModelState state, Consumer<Step> found) {
        for (var index = 0; index < state.agents().size(); index++) {
            var agent = state.agents().get(index);
            switch (agent.step()) {
                case Idle _ when agent.journal().openTurn().isEmpty() -> look(state, index, found);
                case Looked(StatusWrite write) -> write(state, index, write, found);
                case Claiming claiming -> claim(state, index, claiming, found);
                case Idle _, Reported _ -> {}
            }
            if (!(agent.step() instanceof Idle)) {
                found.accept(Step.fault(WHO, index, "crashes", state.with(index, agent.idle())));
            }
        }
    }

    private static void look(ModelState state, int index, Consumer<Step> found) {
        var node = state.store().node(index);
        if (node.isEmpty()) {
            return;
        }
        var idle = state.agents().get(index);
        var report = Assessed.report(
                idle.machine(), node.get().revision(), idle.journal().lastTurn());
        var agent = report.phase() == Phase.CHECKED ? idle.withChecked(plus(idle.checked(), report.revision())) : idle;
        if (!node.get().report().equals(Optional.of(report))) {
            var write = new StatusWrite(node.get().version(), report);
            found.accept(Step.of(WHO, index, "looks", state.with(index, agent.with(new Looked(write)))));
        } else if (report.phase() == Phase.CHECKED) {
            var next = claiming(index, node.get(), report);
            if (findsATurn(state, index, next)) {
                found.accept(Step.of(WHO, index, "looks", state.with(index, agent.with(next))));
            }
        }
    }

    /**
     * An agent that finds no turn begins anew with the same memory, and its AuditNode's resourceVersion tells it of what
     * happened between the look and the read of the turn: of the looks that write nothing only those count that find a
     * turn.
     */
    private static boolean findsATurn(ModelState state, int index, Claiming next) {
        return claimed(state, index, next) instanceof TurnAcquisition.CheckNodes;
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
        if (write.report().phase() != Phase.CHECKED) {
            return state.with(index, agent.idle());
        }
        var node = state.store().node(index).orElseThrow();
        var next = claiming(index, node, write.report());
        return state.with(
                index, next.claim() instanceof TurnAcquisition.NotForThisNode ? agent.idle() : agent.with(next));
    }

    private static Claiming claiming(int index, NodeObject node, Report report) {
        return new Claiming(node, TurnAcquisition.of(ModelState.name(index), report.revision(), node.revision()));
    }

    private static void claim(ModelState state, int index, Claiming claiming, Consumer<Step> found) {
        var agent = state.agents().get(index);
        if (claiming.claim() instanceof TurnAcquisition.Begin begin) {
            var open =
                    OpenTurn.begun(begin.turn(), ModelState.spec(claiming.node().revision()), Instant.EPOCH);
            found.accept(Step.of(
                    WHO,
                    index,
                    "records",
                    begin.turn(),
                    state.with(index, agent.with(agent.journal().begin(open)).idle())));
        } else if (claiming.claim() instanceof TurnAcquisition.Announce announce) {
            announce(state, index, claiming.node(), announce, found);
        } else {
            var next = claimed(state, index, claiming);
            var over = next instanceof TurnAcquisition.NotForThisNode
                    || next instanceof TurnAcquisition.NotNow
                    || next instanceof TurnAcquisition.TooOld;
            found.accept(Step.of(
                    WHO,
                    index,
                    "goes on to",
                    next,
                    state.with(index, over ? agent.idle() : agent.with(new Claiming(claiming.node(), next)))));
        }
    }

    private static TurnAcquisition claimed(ModelState state, int index, Claiming claiming) {
        var agent = state.agents().get(index);
        var given = state.store().policy().turn();
        return switch (claiming.claim()) {
            case TurnAcquisition.ReadTurn step -> step.read(given, agent.journal()::hasUsed, now(state, given));
            case TurnAcquisition.CheckNodes step -> step.checked(nodes(state));
            case TurnAcquisition.ReadTurnAgain step -> step.read(given, now(state, given));
            case TurnAcquisition.CheckNodesAgain step -> step.checked(nodes(state));
            case TurnAcquisition.Announce _,
                    TurnAcquisition.Begin _,
                    TurnAcquisition.NotForThisNode _,
                    TurnAcquisition.NotNow _,
                    TurnAcquisition.TooOld _ -> claiming.claim();
        };
    }

    private static Instant now(ModelState state, Optional<Turn> given) {
        var isOld = given.filter(turn -> state.isOld(turn.id())).isPresent();
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
                        state.with(store).with(index, agent.with(new Claiming(node, announce.announced())))))
                .orElseGet(() -> Step.of(WHO, index, "fails to announce", state.with(index, agent.idle()))));
        late(state, index, write, found);
    }

    /** The agent gives up waiting for an answer, while its request is still on its way. */
    static void late(ModelState state, int index, StatusWrite write, Consumer<Step> found) {
        var agent = state.agents().get(index);
        if (state.left().late() > 0 && agent.late().isEmpty()) {
            found.accept(Step.fault(
                    WHO,
                    index,
                    "gives up waiting for",
                    write,
                    state.with(state.left().late(state.left().late() - 1))
                            .with(index, agent.withLate(Optional.of(write)).idle())));
        }
    }

    private static List<TurnAcquisition.ObservedNode> nodes(ModelState state) {
        var nodes = new ArrayList<TurnAcquisition.ObservedNode>();
        for (var index = 0; index < state.agents().size(); index++) {
            var node = state.store().node(index);
            if (node.isPresent()) {
                var ready = state.agents().get(index).machine().isReady();
                var report = node.get().report();
                nodes.add(new TurnAcquisition.ObservedNode(
                        ModelState.name(index), ready && report.isPresent(), report.flatMap(Report::activeTurnID)));
            }
        }
        return nodes;
    }

    private static Set<String> plus(Set<String> set, String element) {
        var more = new HashSet<>(set);
        more.add(element);
        return Set.copyOf(more);
    }
}
