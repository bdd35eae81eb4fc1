package dev.auditpolicy.agent.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.agent.node.NodePaths;
import dev.auditpolicy.agent.plan.UnitHostPlanner;
import dev.auditpolicy.api.v1alpha1.TurnOutcome.Result;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link FaultMatrixTest} for a host that starts kube-apiserver with a unit. No guard runs there: its agent starts with the host. */
@Execution(ExecutionMode.CONCURRENT)
class UnitFaultMatrixTest {

    /** Reads the journal, observes, plans, writes: a recovery writes within its first calls. */
    private static final int CALLS_BEFORE_A_RECOVERY_ONLY_WAITS = 40;

    /** Between the calls that only read, and between those of a recovery. */
    private static final int STEP = Fault.ALL ? 1 : 6;

    private static final int RECOVERY_STEP = Fault.ALL ? 1 : 19;

    private static final Duration DRAIN = Duration.ofSeconds(3);

    /** After the drain, kube-apiserver serves within 2.8 s. The agent looks every 0.5 s. */
    private static final Duration START = Duration.ofMillis(3500);

    private static final Duration MAX_DOWNTIME = Duration.ofSeconds(30).plus(DRAIN);

    /** Of each kind of fault, and of its recovery: the change, its end, and one that was interrupted. */
    private static final int MAX_RESTARTS = 3;

    private Duration longest = Duration.ZERO;
    private int restarts;
    private int cases;

    static List<UnitStory> stories() {
        return UnitStory.all();
    }

    @ParameterizedTest
    @MethodSource("stories")
    void recoversFromAFaultAtAnyCall(UnitStory story) throws Exception {
        var origin = origin(story);
        var calls = run(story, origin, 0, 0, Fault.FAILS);
        for (var fault : Fault.values()) {
            for (int call = 1; call <= calls.count(); call++) {
                if (isTried(call, calls, fault)) {
                    run(story, origin, call, 0, fault);
                }
            }
        }
        report(story + ": " + calls.count() + " calls, " + cases + " cases with one fault");
    }

    /** At each call that changes something, and at some others, which are others for each fault. */
    private static boolean isTried(int call, FaultyCalls calls, Fault fault) {
        return (call + List.of(Fault.values()).indexOf(fault)) % Math.max(STEP, fault.step()) == 0
                || (fault.step() == 1 && calls.effects().contains(call));
    }

    @ParameterizedTest
    @MethodSource("stories")
    void recoversFromAFaultInTheRecovery(UnitStory story) throws Exception {
        var origin = origin(story);
        for (int call : run(story, origin, 0, 0, Fault.FAILS).effects()) {
            for (int inRecovery = 1; inRecovery <= CALLS_BEFORE_A_RECOVERY_ONLY_WAITS; inRecovery += RECOVERY_STEP) {
                run(story, origin, call, inRecovery, Fault.KILLED);
                run(story, origin, call, inRecovery, Fault.POWER_CUT);
            }
        }
        report(story + ": " + cases + " cases with the recovery killed too");
    }

    private void report(String what) {
        System.out.println("unit fault matrix: " + what + ", at most " + restarts + " restarts, " + longest.toMillis()
                + " ms down");
    }

    @ParameterizedTest
    @MethodSource("stories")
    void isDownForOneDrainAndOneStartPerRestart(UnitStory story) throws Exception {
        var origin = origin(story);
        var host = new SimulatedUnitHost(origin);
        AgentLife.begin(host.disk(), story.desired(), host.clock());

        live(host, 0, Fault.FAILS);

        var expected = story.result() == Result.EFFECTIVE ? DRAIN.plus(START) : MAX_DOWNTIME;
        assertThat(host.downtime().minus(origin.downtime())).isLessThanOrEqualTo(expected);
    }

    /** A process that runs is worth more than a change that systemd has not loaded. */
    @ParameterizedTest
    @MethodSource("stories")
    void restartsNothingThatSystemdCannotLoad(UnitStory story) throws Exception {
        var origin = origin(story);
        var host = new SimulatedUnitHost(origin);
        AgentLife.begin(host.disk(), story.desired(), host.clock());
        host.systemd().failReloads();

        live(host, 0, Fault.FAILS);

        assertThat(host.systemd().restartsOfOldUnit())
                .isEqualTo(origin.systemd().restartsOfOldUnit());
        assertThat(host.serves()).isTrue();
    }

    /** Somebody's drop-in has a second command, with which systemd would not start the unit again. */
    @ParameterizedTest
    @MethodSource("effectiveStories")
    void servesWhenSomebodyBreaksTheUnit(UnitStory story) throws Exception {
        var origin = origin(story);
        int calls = run(story, origin, 0, 0, Fault.FAILS).count();
        for (int call = 1; call <= calls; call += STEP) {
            var host = new SimulatedUnitHost(origin);
            AgentLife.begin(host.disk(), story.desired(), host.clock());

            live(host, new FaultyCalls(host, call, Fault.FAILS, Optional.of(host::breakUnit)));

            host.pass(Duration.ofMinutes(1));
            assertThat(host.serves()).as(story + " at " + call).isTrue();
        }
    }

    static List<UnitStory> effectiveStories() {
        return UnitStory.all().stream()
                .filter(story -> story.result() == Result.EFFECTIVE)
                .toList();
    }

    private static SimulatedUnitHost origin(UnitStory story) throws Exception {
        var host = story.layout().host();
        for (var spec : story.before()) {
            AgentLife.begin(host.disk(), spec, host.clock());
            live(host, 0, Fault.FAILS);
        }
        story.editOn(host);
        return host;
    }

    /** Runs the story with a fault at call {@code first}, and in the next life of the agent at {@code second}. */
    private FaultyCalls run(UnitStory story, SimulatedUnitHost origin, int first, int second, Fault fault)
            throws Exception {
        cases++;
        var what = story + " " + fault + " at " + first + " and " + second;
        var host = new SimulatedUnitHost(origin);
        AgentLife.begin(host.disk(), story.desired(), host.clock());
        var calls = live(host, first, fault);
        live(host, second, fault);
        if (fault.lasts()) {
            assertServesDespite(what, story, host, fault);
        }
        for (int life = 0;
                life < 20 && AgentLife.journal(host.disk()).openTurn().isPresent();
                life++) {
            live(host, 0, fault);
        }
        assertIsBounded(what, origin, host, fault, second == 0 ? MAX_RESTARTS : MAX_RESTARTS + 1);
        host.pass(Duration.ofMinutes(1));
        new UnitPromises(what + ": " + AgentLife.journal(host.disk()).lastTurn(), story, origin, host)
                .assertKept(first == 0 || fault == Fault.KILLED);
        return calls;
    }

    private void assertIsBounded(String what, SimulatedUnitHost origin, SimulatedUnitHost host, Fault fault, int most) {
        var downtime = host.downtime().minus(origin.downtime());
        var restarted = host.systemd().restarts() - origin.systemd().restarts();
        if (!fault.isPowerCut() && !fault.lasts()) {
            longest = longest.compareTo(downtime) < 0 ? downtime : longest;
            restarts = Math.max(restarts, restarted);
            assertThat(downtime).as(what).isLessThan(MAX_DOWNTIME);
            assertThat(restarted).as(what).isLessThanOrEqualTo(most);
        }
    }

    /** The node serves while the fault lasts, unless the policy that it cannot load is on a disk that nobody can write. */
    private static void assertServesDespite(String what, UnitStory story, SimulatedUnitHost host, Fault fault)
            throws Exception {
        for (int life = 0; life < 5; life++) {
            live(host, 0, fault);
        }
        host.pass(Duration.ofMinutes(1));
        var canRestore = fault != Fault.CONFIG_DISK_READ_ONLY && fault != Fault.ROOT_DISK_READ_ONLY;
        if (canRestore || story.result() == Result.EFFECTIVE) {
            assertThat(host.serves()).as(what).isTrue();
        }
        host.disk().repair();
    }

    private static FaultyCalls live(SimulatedUnitHost host, int faultyCall, Fault fault) throws InterruptedException {
        return live(host, new FaultyCalls(host, faultyCall, fault, Optional.empty()));
    }

    private static FaultyCalls live(SimulatedUnitHost host, FaultyCalls calls) throws InterruptedException {
        var node = new FaultyUnitPorts(host, calls).context();
        var planner = new UnitHostPlanner(NodePaths.ofUnit(LoadedUnit.NAME));
        if (!new AgentLife(node, planner, (spec, _) -> UnitStory.logProblem(spec)).run()) {
            host.pass(Duration.ofSeconds(2));
        }
        return calls;
    }
}
