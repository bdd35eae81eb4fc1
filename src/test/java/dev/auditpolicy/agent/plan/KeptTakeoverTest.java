package dev.auditpolicy.agent.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.auditpolicy.agent.node.NodePaths;
import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.Takeover;
import dev.auditpolicy.host.log.LogFile;
import dev.auditpolicy.journal.FileImage;
import dev.auditpolicy.journal.Originals;
import dev.auditpolicy.manifest.ManifestPlanner;
import dev.auditpolicy.manifest.Plan;
import dev.auditpolicy.manifest.flags.DesiredAuditConfig;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A takeover of a node whose kube-apiserver means the same already. */
class KeptTakeoverTest {

    private static final String MEANT = "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n- level: Metadata\n";
    private static final String IN_OTHER_WORDS =
            "# theirs\nkind: Policy\napiVersion: audit.k8s.io/v1\nrules: [{level: Metadata, users: []}]\n";
    private static final AuditNodeSpec REFUSING = spec("a", MEANT, 30);
    private static final AuditNodeSpec REPLACING = REFUSING.with(Takeover.REPLACE);
    private static final AuditNodeSpec ANOTHER = spec("b", MEANT.replace("Metadata", "Request"), 30);
    private static final AuditedNode NODE = AuditedNode.with(
            IN_OTHER_WORDS,
            List.of("--audit_log_maxage=0x1e", "--audit-log-maxbackup", "\"10\"", "--audit-log-mode=blocking"));

    private final StaticPodPlanner planner = new StaticPodPlanner(NodePaths.kubeadm());

    @Test
    void keepsWhatMeansTheSame() {
        assertThat(plan(REPLACING, NODE.live())).isInstanceOfSatisfying(NodePlan.Kept.class, kept -> {
            assertThat(kept.isRecorded()).isFalse();
            assertThat(kept.originals())
                    .extracting(Originals::manifest, Originals::policy, Originals::areKept)
                    .containsExactly(NODE.manifestFile(), NODE.policyFile(), true);
        });
    }

    /** The live process is to be as it is. */
    @Test
    void verifiesTheTextAndTheFlagsThatAreThere() {
        var goal = planner.goal(REPLACING, NODE.live(), Ownership.UNKNOWN).orElseThrow();

        assertThat(goal.policy()).contains(IN_OTHER_WORDS);
        assertThat(goal.flags()).containsEntry("audit-log-maxage", "0x1e").doesNotContainKey("audit-log-maxsize");
        assertThat(goal.verify(NODE.live()).proven()).isTrue();
    }

    @Test
    void refusesByDefault() {
        assertThat(plan(REFUSING, NODE.live())).isInstanceOf(NodePlan.Blocked.class);
    }

    static Stream<Arguments> doubts() {
        var before = AuditedNode.STARTED.minusSeconds(60);
        var log = new LogFile.InPlace();
        return Stream.of(
                arguments("another policy", new AuditedNode(NODE.manifest(), ANOTHER.policy()).live()),
                arguments("no policy", new AuditedNode(NODE.manifest(), "theirs").live()),
                arguments(
                        "a policy that was edited in place",
                        NODE.live(IN_OTHER_WORDS, AuditedNode.STARTED.plusSeconds(9), log, NODE.process())),
                arguments(
                        "a policy that was edited at the moment of the start",
                        NODE.live(IN_OTHER_WORDS, AuditedNode.STARTED.minusSeconds(1), log, NODE.process())),
                arguments("a policy that was replaced since", NODE.live(MEANT, before, log, NODE.process())),
                arguments(
                        "a manifest that was edited since",
                        NODE.live(
                                IN_OTHER_WORDS,
                                before,
                                log,
                                NODE.replace("=0x1e", "=31").process())),
                arguments(
                        "a log that is gone",
                        NODE.live(IN_OTHER_WORDS, before, new LogFile.Lost("deleted"), NODE.process())),
                arguments("another age", NODE.replace("=0x1e", "=31").live()),
                arguments(
                        "another mode",
                        NODE.replace("mode=blocking", "mode=batch").live()),
                arguments(
                        "a webhook",
                        NODE.replace(
                                        "--audit-log-mode=blocking",
                                        "--audit-webhook-config-file=/etc/kubernetes/pki/hook")
                                .live()),
                arguments(
                        "a flag that this release does not know",
                        NODE.replace("--audit-log-mode=blocking", "--audit-log-novelty=1")
                                .live()),
                arguments(
                        "another log on the node",
                        NODE.replace("      path: /var/log/kubernetes/audit\n", "      path: /data/audit\n")
                                .live()),
                arguments(
                        "a log whose file is mounted",
                        NODE.replace("/var/log/kubernetes/audit\n", "/var/log/kubernetes/audit/audit.log\n")
                                .live()),
                arguments(
                        "a log in a directory that is mounted read-only",
                        NODE.replace("readOnly: false", "readOnly: true").live()),
                arguments(
                        "another policy on the node",
                        NODE.replace("      path: /etc/kubernetes/audit-policy.yaml", "      path: /srv/policy.yaml")
                                .live()),
                arguments(
                        "a policy in a directory that is mounted whole",
                        NODE.replace(
                                        "    - mountPath: /etc/kubernetes/audit-policy.yaml",
                                        "    - mountPath: /etc/kubernetes/")
                                .replace("      path: /etc/kubernetes/audit-policy.yaml", "      path: /etc/kubernetes")
                                .live()),
                arguments(
                        "an image without a version",
                        NODE.replace(":v1.36.3", "@sha256:0").live()),
                arguments(
                        "a version that is too new",
                        NODE.replace(":v1.36.3", ":v1.99.0").live()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("doubts")
    void doesNotKeepWhatIsInDoubt(String doubt, NodeSnapshot node) {
        assertThat(plan(REPLACING, node)).as(doubt).isInstanceOf(NodePlan.Files.class);
    }

    /** Before Kubernetes 1.36, an absent --audit-log-maxbackup keeps all files. */
    @ParameterizedTest
    @CsvSource({"v1.36.3, 100, true", "v1.35.0, 100, false", "v1.36.3, 0, false", "v1.35.0, 0, true"})
    void readsAbsentFlagsAsTheVersionDoes(String version, int maxBackups, boolean isKept) {
        var node = AuditedNode.with(
                MEANT, AuditedNode.kubeadm().replace("v1.36.3", version), List.of("--audit-log-maxage=30"));
        var log = new LogBackend(
                "/var/log/kubernetes/audit/audit.log", 30, maxBackups, 100, null, null, null, null, null);
        var spec = new AuditNodeSpec("a", 1L, MEANT, log, 3, 60).with(Takeover.REPLACE);

        assertThat(plan(spec, node.live()) instanceof NodePlan.Kept).isEqualTo(isKept);
    }

    /** Later, the node is this operator's, whatever takeover says, and also while its kube-apiserver is down. */
    @Test
    void needsNothingMoreOnceTheJournalHasIt() {
        for (var node : List.of(NODE.live(), NODE.down())) {
            assertThat(planner.plan(kept().asKept(REFUSING), node, kept()))
                    .isInstanceOfSatisfying(NodePlan.Kept.class, plan -> assertThat(plan.isRecorded())
                            .isTrue());
        }
    }

    /** An upgrade of kubeadm whose configuration has the flags, too. */
    @Test
    void staysKeptInAManifestThatIsWrittenAnew() {
        assertThat(planner.plan(
                        kept().asKept(REPLACING),
                        NODE.replace("v1.36.3", "v1.37.0").live(),
                        kept()))
                .isInstanceOfSatisfying(NodePlan.Kept.class, plan -> assertThat(plan.isRecorded())
                        .isTrue());
    }

    @Test
    void writesItsOwnPartsWithTheNextChange() {
        var files = (NodePlan.Files) planner.plan(ANOTHER, NODE.live(), kept());

        assertThat(files.configurationAfter(Optional.empty()).orElseThrow().text())
                .contains("auditpolicy.dev/flags", "--audit-log-maxage=30")
                .doesNotContain("0x1e", "name: audit\n");
        assertThat(files.policy()).contains(FileImage.rootOnly(ANOTHER.policy()));
        assertThat(files.originals())
                .contains(new Originals(NODE.manifestFile(), files.takenLines(), NODE.policyFile()));
    }

    @Test
    void replacesAnEditThatWouldMeanSomethingElse() {
        assertThat(planner.plan(
                        kept().asKept(REPLACING), NODE.replace("=0x1e", "=7").live(), kept()))
                .isInstanceOf(NodePlan.Files.class);
    }

    @Test
    void givesBackWithoutAChange() {
        var restore = REPLACING.restoring("restore-1", 2L, 3, 60);

        assertThat(planner.plan(restore, NODE.live(), kept()))
                .isInstanceOfSatisfying(NodePlan.Files.class, files -> assertThat(files.areUpToDate())
                        .isTrue());
        assertThat(planner.goal(restore, NODE.live(), kept())
                        .orElseThrow()
                        .verify(NODE.live())
                        .proven())
                .isTrue();
    }

    /** Nothing was taken out of this manifest, so nothing can return to it. */
    @Test
    void leavesAFlagAwayThatSomebodyHasRemoved() {
        var edited = NODE.replace("    - --audit_log_maxage=0x1e\n", "");

        assertThat(planner.plan(REPLACING.restoring("restore-1", 2L, 3, 60), edited.live(), kept()))
                .isInstanceOfSatisfying(NodePlan.Files.class, files -> assertThat(files.areUpToDate())
                        .isTrue());
    }

    /** Somebody, or kubeadm, has dropped what was configured by hand: the promise is what the node had before. */
    @Test
    void putsBackWhatAManifestWrittenAnewHasLost() {
        var ours = ((Plan.Patched)
                        new ManifestPlanner().plan(AuditedNode.kubeadm(), DesiredAuditConfig.of(REFUSING.log(), "a")))
                .text();
        var files = (NodePlan.Files) planner.plan(
                REPLACING.restoring("restore-1", 2L, 3, 60), new AuditedNode(ours, IN_OTHER_WORDS).live(), kept());

        assertThat(files.configurationAfter(Optional.empty())).contains(NODE.manifestFile());
    }

    /** kubeadm's manifest was answered at once with our parts, and the policy file is as it was. */
    @Test
    void keepsThePolicyFileInAManifestOfItsOwn() {
        var ours = ((Plan.Patched) new ManifestPlanner()
                        .planReapplication(
                                AuditedNode.kubeadm(), DesiredAuditConfig.of(REFUSING.log(), "a"), Instant.EPOCH))
                .text();

        assertThat(planner.plan(kept().asKept(REPLACING), new AuditedNode(ours, IN_OTHER_WORDS).live(), kept()))
                .isInstanceOfSatisfying(NodePlan.Files.class, files -> assertThat(files.areUpToDate())
                        .isTrue());
    }

    private static Ownership kept() {
        var plan = (NodePlan.Kept)
                new StaticPodPlanner(NodePaths.kubeadm()).plan(REPLACING, NODE.live(), Ownership.UNKNOWN);
        return new Ownership(
                List.of(REPLACING.withPolicy(IN_OTHER_WORDS)),
                Optional.of(plan.originals()),
                Optional.of(plan.originals()));
    }

    private NodePlan plan(AuditNodeSpec spec, NodeSnapshot node) {
        return planner.plan(spec, node, Ownership.UNKNOWN);
    }

    private static AuditNodeSpec spec(String revision, String policy, int maxAgeDays) {
        var log = new LogBackend(
                "/var/log/kubernetes/audit/audit.log", maxAgeDays, 10, 100, null, null, null, null, null);
        return new AuditNodeSpec(revision, 1L, policy, log, 3, 60);
    }
}
