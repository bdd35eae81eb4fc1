package dev.auditpolicy.agent.turn;

import static dev.auditpolicy.agent.turn.SimulatedNode.POISON;
import static dev.auditpolicy.agent.turn.SimulatedNode.POISONOUS_AGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.agent.node.NodePaths;
import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.agent.plan.Ownership;
import dev.auditpolicy.agent.plan.StaticPodPlanner;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.RestartChoice;
import dev.auditpolicy.api.v1alpha1.RestartChoice.Strategy;
import dev.auditpolicy.api.v1alpha1.Takeover;
import dev.auditpolicy.api.v1alpha1.TurnOutcome;
import dev.auditpolicy.api.v1alpha1.TurnOutcome.Result;
import dev.auditpolicy.host.file.JournalFile;
import dev.auditpolicy.journal.FileImage;
import dev.auditpolicy.journal.Journal;
import dev.auditpolicy.journal.OriginalPaths;
import dev.auditpolicy.journal.Originals;
import dev.auditpolicy.manifest.ManifestPlanner;
import dev.auditpolicy.manifest.Plan;
import dev.auditpolicy.manifest.flags.DesiredAuditConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kills the agent, or lets a call fail, at every call of a turn and of the recovery from that. Always both files are
 * complete and belong together, and the node ends with the new policy or with the old one.
 */
@Execution(ExecutionMode.CONCURRENT)
class FaultMatrixTest {

    private static final NodePaths PATHS = NodePaths.kubeadm();
    private static final LogBackend LOG = log(30);

    /** kube-apiserver loads this policy, and its log does not follow it. */
    private static final String UNRECORDED = "unrecorded";

    /** {@link NodeLayout#SAME_MEANING} means the same. */
    private static final AuditNodeSpec MEANT =
            spec("a", NodeLayout.MEANT, NodeLayout.LOG_MEANT).with(Takeover.REPLACE);

    /** What the node runs before the turn, what it is to run, and how the turn ends. */
    private record Story(
            String name,
            NodeLayout layout,
            List<AuditNodeSpec> before,
            AuditNodeSpec desired,
            Strategy restart,
            Result result) {

        Story(String name, List<AuditNodeSpec> before, AuditNodeSpec desired, Strategy restart, Result result) {
            this(name, NodeLayout.PLAIN, before, desired, restart, result);
        }

        /** Whether the turn changes no file, because the node means the same. */
        boolean keeps() {
            return desired.equals(MEANT);
        }

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
                        "another policy, not recorded",
                        List.of(old),
                        spec("b", UNRECORDED, LOG),
                        Strategy.IN_PLACE,
                        Result.ROLLED_BACK),
                new Story(
                        "another policy soon, rejected",
                        restartedInPlace,
                        spec("b", POISON, LOG),
                        Strategy.RECREATE,
                        Result.ROLLED_BACK),
                new Story(
                        "first policy, not root",
                        NodeLayout.NOT_ROOT,
                        List.of(),
                        spec("b", "good", LOG),
                        Strategy.RECREATE,
                        Result.EFFECTIVE),
                new Story(
                        "first policy, not root, rejected",
                        NodeLayout.NOT_ROOT,
                        List.of(),
                        spec("b", POISON, LOG),
                        Strategy.RECREATE,
                        Result.ROLLED_BACK),
                new Story(
                        "another policy, not root, rejected",
                        NodeLayout.NOT_ROOT,
                        List.of(old),
                        spec("b", POISON, LOG),
                        Strategy.IN_PLACE,
                        Result.ROLLED_BACK),
                takeover("takeover", NodeLayout.DOCUMENTED, "good", Result.EFFECTIVE),
                takeover("takeover from elsewhere", NodeLayout.ELSEWHERE, "good", Result.EFFECTIVE),
                takeover("takeover, rejected", NodeLayout.DOCUMENTED, POISON, Result.ROLLED_BACK),
                takeover("takeover from elsewhere, rejected", NodeLayout.ELSEWHERE, POISON, Result.ROLLED_BACK),
                keeping("takeover without a restart", List.of(), MEANT, null, Result.EFFECTIVE),
                keeping(
                        "another policy after a takeover without a restart",
                        List.of(MEANT),
                        spec("b", "good", LOG),
                        Strategy.RECREATE,
                        Result.EFFECTIVE),
                keeping(
                        "another policy after a takeover without a restart, rejected",
                        List.of(MEANT),
                        spec("b", POISON, LOG),
                        Strategy.RECREATE,
                        Result.ROLLED_BACK),
                keeping(
                        "restore after a takeover without a restart",
                        List.of(MEANT, spec("b", "good", LOG).with(Takeover.REPLACE)),
                        spec("b", "good", LOG).restoring("restore-b", 2L, 3, 60),
                        Strategy.RECREATE,
                        Result.EFFECTIVE),
                restore("restore", NodeLayout.PLAIN, Result.EFFECTIVE),
                restore("restore what was replaced", NodeLayout.DOCUMENTED, Result.EFFECTIVE),
                restore("restore what was replaced elsewhere", NodeLayout.ELSEWHERE, Result.EFFECTIVE),
                restore("restore, rejected", NodeLayout.DOCUMENTED, Result.ROLLED_BACK));
    }

    private static Story keeping(
            String name, List<AuditNodeSpec> before, AuditNodeSpec desired, Strategy restart, Result result) {
        return new Story(name, NodeLayout.SAME_MEANING, before, desired, restart, result);
    }

    private static Story restore(String name, NodeLayout layout, Result result) {
        var ours = spec("a", "ours", LOG).with(Takeover.REPLACE);
        return new Story(
                name, layout, List.of(ours), ours.restoring("restore-b", 2L, 3, 60), Strategy.RECREATE, result);
    }

    private static Story takeover(String name, NodeLayout layout, String policy, Result result) {
        return new Story(
                name, layout, List.of(), spec("b", policy, LOG).with(Takeover.REPLACE), Strategy.RECREATE, result);
    }

    /** Reads the journal, observes, plans, writes: a recovery writes within its first calls. */
    private static final int CALLS_BEFORE_A_RECOVERY_ONLY_WAITS = 40;

    /** The longest of the stories without a fault takes 46 s. */
    private static final Duration MAX_DOWNTIME = Duration.ofSeconds(90);

    private static final int STEP = Fault.ALL ? 1 : 5;

    private int cases;

    @ParameterizedTest
    @MethodSource("stories")
    void recoversFromAFaultAtAnyCall(Story story) throws Exception {
        var origin = origin(story);
        int calls = run(story, origin, 0, 0, Fault.FAILS).calls();
        for (var fault : Fault.values()) {
            for (int call = 1; call <= calls; call += fault.step()) {
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

    private static SimulatedNode origin(Story story) throws Exception {
        var node = story.layout().node();
        for (var spec : story.before()) {
            begin(node, spec);
            live(node, 0, Fault.FAILS);
        }
        if (story.desired().restores() && story.result() == Result.ROLLED_BACK) {
            spoilOriginals(node);
        }
        return node;
    }

    /** What the node had before would not start today. */
    private static void spoilOriginals(SimulatedNode node) throws IOException {
        var journal = journal(node);
        var originals = journal.currentOriginals().orElseThrow();
        journals(node)
                .write(new Journal(
                        journal.version(),
                        journal.usedTurns(),
                        journal.proven(),
                        null,
                        journal.last(),
                        new Originals(originals.manifest(), originals.foreignLines(), FileImage.rootOnly(POISON))));
    }

    /** Runs the story with a fault at call {@code first}, and in the next life of the agent at {@code second}. */
    private FaultyPorts run(Story story, SimulatedNode origin, int first, int second, Fault fault) throws Exception {
        cases++;
        var what = story + " " + fault + " at " + first + " and " + second;
        var node = new SimulatedNode(origin);
        begin(node, story.desired());
        var ports = live(node, first, fault);
        live(node, second, fault);
        if (fault.lasts()) {
            assertServesDespite(what, story, node, fault);
        }
        for (int life = 0; life < 20 && journal(node).openTurn().isPresent(); life++) {
            live(node, 0, fault);
        }

        if (fault.isOfClock()) {
            assertThat(node.downtime().minus(origin.downtime())).as(what).isLessThan(MAX_DOWNTIME);
        }
        assertThat(journal(node).openTurn()).as(what).isEmpty();
        var allowed = new HashSet<>(origin.files().keySet());
        allowed.addAll(List.of(
                PATHS.configuration(), PATHS.policy(), JournalFile.PATH, OriginalPaths.MANIFEST, OriginalPaths.POLICY));
        assertThat(node.files().keySet()).as(what).isSubsetOf(allowed);
        node.pass(Duration.ofMinutes(1));
        assertThat(node.serves()).as(what).isTrue();
        var outcome = journal(node).lastTurn().orElseThrow();
        assertTogether(
                what + ": " + outcome,
                story,
                node.files(),
                outcome.result() == Result.FAILED ? withPlaceholder(node, origin) : origin.files(),
                first == 0 || fault == Fault.KILLED);
        if (story.layout() == NodeLayout.SAME_MEANING) {
            assertOwnedOrNot(what, story, node, origin);
        }
        if (story.keeps()) {
            assertThat(fault.isPowerCut() || node.list().equals(origin.list()))
                    .as(what)
                    .isTrue();
        } else if (story.desired().restores()) {
            assertNothingIsLeft(what, story, node);
        } else if (story.desired().takesOver()) {
            assertRemembered(what, node, origin);
        }
        return ports;
    }

    /** The journal and the directory know nothing of a node that is given back, and everything of one that is not. */
    private static void assertNothingIsLeft(String what, Story story, SimulatedNode node) throws Exception {
        var journal = journal(node);
        var isGivenBack = node.files()
                .get(PATHS.configuration())
                .equals(story.layout().node().files().get(PATHS.configuration()));
        assertThat(journal.lastProven().isEmpty()).as(what).isEqualTo(isGivenBack);
        assertThat(journal.currentOriginals().isEmpty())
                .as(what)
                .isEqualTo(isGivenBack || story.layout() == NodeLayout.PLAIN);
        assertThat(node.files().containsKey(OriginalPaths.MANIFEST)).as(what).isNotEqualTo(isGivenBack);
        assertThat(journal.lastTurn().orElseThrow().result() == Result.EFFECTIVE)
                .as(what)
                .isEqualTo(isGivenBack);
    }

    /** What a takeover has kept is this operator's as a whole, or not at all, and as it was. */
    private static void assertOwnedOrNot(String what, Story story, SimulatedNode node, SimulatedNode origin)
            throws Exception {
        var journal = journal(node);
        var isEffective = journal.lastTurn().orElseThrow().result() == Result.EFFECTIVE;
        var isKept = story.keeps() ? isEffective : !story.before().isEmpty() && !isEffective && isForeign(origin);
        assertThat(journal.keptOriginals().isPresent()).as(what).isEqualTo(isKept);
        if (isKept) {
            assertThat(journal.lastProven())
                    .as(what)
                    .contains(
                            MEANT.withPolicy(origin.files().get(PATHS.policy()).text()));
            assertThat(node.files().get(PATHS.configuration()))
                    .as(what)
                    .isEqualTo(origin.files().get(PATHS.configuration()));
        }
    }

    private static boolean isForeign(SimulatedNode node) throws IOException {
        return node.files()
                .get(PATHS.configuration())
                .equals(NodeLayout.SAME_MEANING.node().files().get(PATHS.configuration()));
    }

    /** The journal has what the node had, exactly while the node is taken over. */
    private static void assertRemembered(String what, SimulatedNode node, SimulatedNode origin) throws Exception {
        var manifest = node.files().get(PATHS.configuration()).text();
        var before = origin.files().get(PATHS.configuration()).text();
        if (manifest.equals(before)) {
            assertThat(journal(node).currentOriginals()).as(what).isEmpty();
            return;
        }
        var ownership = Ownership.of(journal(node));
        assertThat(((Plan.Patched) new ManifestPlanner().planRemoval(manifest, ownership.taken())).text())
                .as(what)
                .isEqualTo(before);
        assertThat(Optional.ofNullable(ownership.originals().orElseThrow().policy()))
                .as(what)
                .isEqualTo(Optional.ofNullable(origin.files().get(PATHS.policy())));
    }

    /** The node serves while the fault lasts, unless the policy that it cannot load is on a disk that nobody can write. */
    private static void assertServesDespite(String what, Story story, SimulatedNode node, Fault fault)
            throws Exception {
        for (int life = 0; life < 5; life++) {
            live(node, 0, fault);
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

        begin(node, story.desired());
        live(node, 0, Fault.FAILS);

        assertThat(journal(node).lastTurn().map(TurnOutcome::restart).map(RestartChoice::strategy))
                .isEqualTo(Optional.ofNullable(story.restart()));
    }

    /** A rollback that could not be verified leaves a policy for the pod that may still need one. */
    private static Map<String, FileImage> withPlaceholder(SimulatedNode node, SimulatedNode origin) {
        var files = new HashMap<>(node.files());
        files.putAll(origin.files());
        return files;
    }

    private void assertTogether(
            String what, Story story, Map<String, FileImage> after, Map<String, FileImage> before, boolean strictly)
            throws IOException {
        var policy = after.get(PATHS.policy());
        var manifest = after.get(PATHS.configuration());
        var isOld = manifest.equals(before.get(PATHS.configuration()))
                && Optional.ofNullable(policy).equals(Optional.ofNullable(before.get(PATHS.policy())));
        var isNew = (story.keeps() || story.desired().restores())
                ? isAsBeforeTheFirstChange(story, after)
                : policy != null
                        && policy.equals(FileImage.ownedBy(
                                story.layout() == NodeLayout.NOT_ROOT ? 2000 : 0,
                                story.layout() == NodeLayout.NOT_ROOT ? 2001 : 0,
                                policy.text()))
                        && policy.text().equals(story.desired().policy())
                        && isDesired(story, manifest);
        if (strictly) {
            assertThat(story.result() == Result.EFFECTIVE ? isNew : isOld)
                    .as(what)
                    .isTrue();
        } else {
            assertThat(isOld || isNew).as(what).isTrue();
        }
    }

    private static boolean isAsBeforeTheFirstChange(Story story, Map<String, FileImage> after) throws IOException {
        var first = story.layout().node().files();
        return Optional.ofNullable(after.get(PATHS.configuration()))
                        .equals(Optional.ofNullable(first.get(PATHS.configuration())))
                && Optional.ofNullable(after.get(PATHS.policy()))
                        .equals(Optional.ofNullable(first.get(PATHS.policy())));
    }

    private static boolean isDesired(Story story, FileImage manifest) {
        var desired =
                DesiredAuditConfig.of(story.desired().log(), story.desired().revision());
        return switch (new ManifestPlanner().plan(manifest.text(), desired)) {
            case Plan.Unchanged _ -> true;
            case Plan.Patched patched -> patched.changesOnlyAnnotations();
            case Plan.Unpatchable _ -> false;
        };
    }

    private static FaultyPorts live(SimulatedNode simulated, int faultyCall, Fault fault)
            throws IOException, InterruptedException {
        var ports = new FaultyPorts(simulated, faultyCall, fault);
        var node = ports.context();
        var life = new AgentLife(node, new StaticPodPlanner(node.paths()), FaultMatrixTest::logProblem);
        if (!life.run()) {
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

    private static Optional<String> logProblem(AuditNodeSpec spec, NodeSnapshot node) {
        return Optional.of("no event").filter(_ -> spec.policy().equals(UNRECORDED));
    }

    private static Journal journal(SimulatedNode node) throws IOException {
        return journals(node).read();
    }

    private static JournalFile journals(SimulatedNode node) {
        return AgentLife.journals(node.disk());
    }

    private static void begin(SimulatedNode node, AuditNodeSpec spec) throws IOException {
        AgentLife.begin(node.disk(), spec, node.clock());
    }

    private static AuditNodeSpec spec(String revision, String policy, LogBackend log) {
        return new AuditNodeSpec(revision, 1L, policy, log, 3, 60);
    }

    private static LogBackend log(int maxAgeDays) {
        return new LogBackend("/var/log/kubernetes/audit/audit.log", maxAgeDays, 10, 100, null, null, null, null, null);
    }
}
