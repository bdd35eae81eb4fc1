package dev.auditpolicy.agent.turn;

import static dev.auditpolicy.agent.turn.SimulatedNode.POISON;
import static dev.auditpolicy.agent.turn.SimulatedNode.POISONOUS_AGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.agent.node.NodePaths;
import dev.auditpolicy.agent.turn.FaultyPorts.Fault;
import dev.auditpolicy.agent.turn.FaultyPorts.Killed;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.RestartChoice;
import dev.auditpolicy.api.v1alpha1.RestartChoice.Strategy;
import dev.auditpolicy.api.v1alpha1.Turn;
import dev.auditpolicy.api.v1alpha1.TurnOutcome.Result;
import dev.auditpolicy.host.file.JournalFile;
import dev.auditpolicy.host.file.NodeFiles;
import dev.auditpolicy.journal.FileImage;
import dev.auditpolicy.journal.Journal;
import dev.auditpolicy.journal.Journal.OpenTurn;
import dev.auditpolicy.manifest.ManifestPlanner;
import dev.auditpolicy.manifest.Plan;
import dev.auditpolicy.manifest.flags.DesiredAuditConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kills the agent, or lets a call fail, at every call of a turn and of the recovery from that. Always both files are
 * complete and belong together, and the node ends with the new policy or with the old one.
 */
class FaultMatrixTest {

    private static final NodePaths PATHS = NodePaths.kubeadm();
    private static final LogBackend LOG = log(30);

    /** What the node runs before the turn, what it is to run, and how the turn ends. */
    private record Story(
            String name, List<AuditNodeSpec> before, AuditNodeSpec desired, Strategy restart, Result result) {

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Story> stories() {
        var old = spec("a", "old", LOG);
        var restartedInPlace = List.of(old, spec("aa", "less old", LOG));
        return List.of(
                new Story("first policy", List.of(), spec("b", "good", LOG), Strategy.RECREATE, Result.EFFECTIVE),
                new Story("another policy", List.of(old), spec("b", "good", LOG), Strategy.IN_PLACE, Result.EFFECTIVE),
                new Story(
                        "another policy soon",
                        restartedInPlace,
                        spec("b", "good", LOG),
                        Strategy.RECREATE,
                        Result.EFFECTIVE),
                new Story(
                        "other settings", List.of(old), spec("b", "old", log(7)), Strategy.RECREATE, Result.EFFECTIVE),
                new Story(
                        "other settings, rejected",
                        List.of(old),
                        spec("b", "new", log(POISONOUS_AGE)),
                        Strategy.RECREATE,
                        Result.ROLLED_BACK),
                new Story(
                        "first policy, rejected",
                        List.of(),
                        spec("b", POISON, LOG),
                        Strategy.RECREATE,
                        Result.ROLLED_BACK),
                new Story(
                        "another policy, rejected",
                        List.of(old),
                        spec("b", POISON, LOG),
                        Strategy.IN_PLACE,
                        Result.ROLLED_BACK),
                new Story(
                        "another policy soon, rejected",
                        restartedInPlace,
                        spec("b", POISON, LOG),
                        Strategy.RECREATE,
                        Result.ROLLED_BACK));
    }

    /** Reads the journal, observes, plans, writes: a recovery writes within its first calls. */
    private static final int CALLS_BEFORE_A_RECOVERY_ONLY_WAITS = 40;

    /** The longest of the stories without a fault takes 46 s. */
    private static final Duration MAX_DOWNTIME = Duration.ofSeconds(90);

    /** Each one in "make faults", some in a build. */
    private static final boolean ALL = "all".equals(System.getProperty("faults"));

    private static final int STEP = ALL ? 1 : 5;

    private int cases;

    @ParameterizedTest
    @MethodSource("stories")
    void recoversFromAFaultAtAnyCall(Story story) throws Exception {
        var origin = origin(story);
        int calls = run(story, origin, 0, 0, Fault.FAILS).calls();
        for (var fault : Fault.values()) {
            for (int call = 1; call <= calls; call += step(fault)) {
                run(story, origin, call, 0, fault);
            }
        }
        System.out.println("fault matrix: " + story + ": " + calls + " calls, " + cases + " cases with one fault");
    }

    @ParameterizedTest
    @MethodSource("stories")
    void recoversFromAFaultInTheRecovery(Story story) throws Exception {
        var origin = origin(story);
        for (int call : run(story, origin, 0, 0, Fault.FAILS).effects()) {
            for (int inRecovery = 1; inRecovery <= CALLS_BEFORE_A_RECOVERY_ONLY_WAITS; inRecovery += STEP) {
                run(story, origin, call, inRecovery, Fault.KILLED);
                run(story, origin, call, inRecovery, Fault.POWER_CUT);
            }
        }
        System.out.println("fault matrix: " + story + ": " + cases + " cases with the recovery killed too");
    }

    private static int step(Fault fault) {
        if (ALL) {
            return 1;
        }
        if (fault.lasts()) {
            return 19;
        }
        return fault.isOfClock() ? 13 : 1;
    }

    private static SimulatedNode origin(Story story) throws Exception {
        var node = new SimulatedNode(manifest());
        for (var spec : story.before()) {
            live(node, begun(node, spec), 0, Fault.FAILS);
        }
        return node;
    }

    /** Runs the story with a fault at call {@code first}, and in the next life of the agent at {@code second}. */
    private FaultyPorts run(Story story, SimulatedNode origin, int first, int second, Fault fault) throws Exception {
        cases++;
        var what = story + " " + fault + " at " + first + " and " + second;
        var node = new SimulatedNode(origin);
        var ports = live(node, begun(node, story.desired()), first, fault);
        live(node, null, second, fault);
        if (fault.lasts()) {
            assertServesDespite(what, story, node, fault);
        }
        for (int life = 0; life < 20 && journal(node).openTurn().isPresent(); life++) {
            live(node, null, 0, fault);
        }

        if (fault.isOfClock()) {
            assertThat(node.downtime().minus(origin.downtime())).as(what).isLessThan(MAX_DOWNTIME);
        }
        assertThat(journal(node).openTurn()).as(what).isEmpty();
        assertThat(node.files().keySet())
                .as(what)
                .isSubsetOf(PATHS.manifest(), PATHS.policy(), JournalFile.PATH, OriginalFiles.MANIFEST);
        node.pass(Duration.ofMinutes(1));
        assertThat(node.serves()).as(what).isTrue();
        var outcome = journal(node).lastTurn().orElseThrow();
        assertTogether(
                what + ": " + outcome,
                story,
                node.files(),
                outcome.result() == Result.FAILED ? withPlaceholder(node, origin) : origin.files(),
                first == 0 || fault == Fault.KILLED);
        return ports;
    }

    /** The node serves while the fault lasts, unless the policy that it cannot load is on a disk that nobody can write. */
    private static void assertServesDespite(String what, Story story, SimulatedNode node, Fault fault)
            throws Exception {
        for (int life = 0; life < 5; life++) {
            live(node, null, 0, fault);
        }
        node.pass(Duration.ofMinutes(1));
        var canRestore = fault != Fault.CONFIG_DISK_READ_ONLY && fault != Fault.ROOT_DISK_READ_ONLY;
        if (canRestore || story.result() == Result.EFFECTIVE) {
            assertThat(node.serves()).as(what).isTrue();
        }
        node.disk().repair();
    }

    @ParameterizedTest
    @MethodSource("stories")
    void reportsHowItRestarted(Story story) throws Exception {
        var node = new SimulatedNode(origin(story));

        live(node, begun(node, story.desired()), 0, Fault.FAILS);

        assertThat(journal(node).lastTurn().orElseThrow().restart())
                .extracting(RestartChoice::strategy)
                .isEqualTo(story.restart());
    }

    /** A rollback that could not be verified leaves a policy for the pod that may still need one. */
    private static Map<String, FileImage> withPlaceholder(SimulatedNode node, SimulatedNode origin) {
        var files = new HashMap<>(node.files());
        files.putAll(origin.files());
        return files;
    }

    private void assertTogether(
            String what, Story story, Map<String, FileImage> after, Map<String, FileImage> before, boolean strictly) {
        var policy = after.get(PATHS.policy());
        var manifest = after.get(PATHS.manifest());
        var isOld = manifest.equals(before.get(PATHS.manifest()))
                && Optional.ofNullable(policy).equals(Optional.ofNullable(before.get(PATHS.policy())));
        var isNew = policy != null && policy.text().equals(story.desired().policy()) && isDesired(story, manifest);
        if (strictly) {
            assertThat(story.result() == Result.EFFECTIVE ? isNew : isOld)
                    .as(what)
                    .isTrue();
        } else {
            assertThat(isOld || isNew).as(what).isTrue();
        }
    }

    private static boolean isDesired(Story story, FileImage manifest) {
        var desired =
                DesiredAuditConfig.of(story.desired().log(), story.desired().revision());
        return switch (new ManifestPlanner().plan(manifest.text(), desired)) {
            case Plan.Unchanged _ -> true;
            case Plan.Patched patched -> patched.changesOnlyRevision();
            case Plan.Unpatchable _ -> false;
        };
    }

    /** One life of an agent: it does the work in the journal until the journal is closed or the agent is killed. */
    private static FaultyPorts live(SimulatedNode simulated, OpenTurn begin, int faultyCall, Fault fault)
            throws IOException, InterruptedException {
        if (begin != null) {
            journals(simulated).write(journal(simulated).begin(begin));
        }
        var ports = new FaultyPorts(simulated, faultyCall, fault);
        var journalFile = new JournalFile(ports.files(), JournalFile.PATH);
        var node = ports.context();
        var runner = TurnRunner.on(node, journalFile, (_, _) -> Optional.empty());
        try {
            var journal = journalFile.read();
            if (journal.hasWork()) {
                runner.finish(journal, journal.openTurn().orElseThrow());
            }
            runner.cleanUp();
            journalFile.write(journalFile.read().close());
        } catch (Killed | IOException | NoSuchElementException ended) {
            assertGuarded(simulated);
            simulated.pass(Duration.ofSeconds(2));
        }
        return ports;
    }

    /** Whenever a file may be changed and no agent is alive, kubelet has a guard to start. */
    private static void assertGuarded(SimulatedNode simulated) throws IOException {
        var open = journal(simulated)
                .openTurn()
                .filter(turn -> turn.images() != null && turn.end().isEmpty());
        if (open.isPresent()) {
            assertThat(simulated.files()).containsKey(PATHS.guard());
        }
    }

    private static Journal journal(SimulatedNode node) throws IOException {
        return journals(node).read();
    }

    private static JournalFile journals(SimulatedNode node) {
        return new JournalFile(new NodeFiles(node.disk()), JournalFile.PATH);
    }

    private static OpenTurn begun(SimulatedNode node, AuditNodeSpec spec) {
        var now = node.now();
        return OpenTurn.begun(
                new Turn("turn-" + spec.revision(), "cp1", spec.revision(), 1, now), spec, now, node.ticks());
    }

    private static AuditNodeSpec spec(String revision, String policy, LogBackend log) {
        return new AuditNodeSpec(revision, 1L, policy, log, 3, 60);
    }

    private static LogBackend log(int maxAgeDays) {
        return new LogBackend("/var/log/kubernetes/audit/audit.log", maxAgeDays, 10, 100, null, null, null, null, null);
    }

    private static String manifest() throws IOException {
        return Files.readString(Path.of("src/test/resources/dev/auditpolicy/manifest/golden/kubeadm-1.36/in.yaml"));
    }
}
