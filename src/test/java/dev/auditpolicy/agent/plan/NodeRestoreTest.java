package dev.auditpolicy.agent.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.agent.node.NodePaths;
import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.Takeover;
import dev.auditpolicy.host.log.LogFile;
import dev.auditpolicy.journal.FileImage;
import dev.auditpolicy.journal.FileImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the request to give a node back makes of its files. */
class NodeRestoreTest {

    private static final String POLICY_PATH = "/etc/kubernetes/audit-policy.yaml";
    private static final AuditNodeSpec OURS = new AuditNodeSpec(
                    "a",
                    1L,
                    "ours",
                    new LogBackend("/var/log/kubernetes/audit/audit.log", 30, 10, 100, null, null, null, null, null),
                    3,
                    60)
            .with(Takeover.REPLACE);
    private static final AuditNodeSpec RESTORE = OURS.restoring("restore-1", 2L, 3, 60);
    private static final FileImage POLICY = FileImage.rootOnly("ours");
    private static final FileImage THEIRS = FileImage.rootOnly("theirs");
    private static final String FLAG = "    - --allow-privileged=true\n";

    private final StaticPodPlanner planner = new StaticPodPlanner(NodePaths.kubeadm());
    private final String plain =
            Files.readString(Path.of("src/test/resources/dev/auditpolicy/manifest/golden/kubeadm-1.36/in.yaml"));
    private final String audited =
            plain.replace(FLAG, FLAG + "    - --audit-log-maxage=7\n    - --audit-log-path=/var/log/old.log\n");

    NodeRestoreTest() throws IOException {}

    @Test
    void removesWhatIsOursAndLeavesThePolicyFileForARollback() {
        var files = restored(ours(plain), POLICY, owned(plain));

        assertThat(text(files)).isEqualTo(plain);
        assertThat(files.policy()).isEmpty();
        assertThat(goal(ours(plain), POLICY, owned(plain)).flags()).isEmpty();
    }

    @Test
    void bringsBackWhatATakeoverHasReplaced() {
        var files = restored(ours(audited), POLICY, owned(audited));

        assertThat(text(files)).isEqualTo(audited);
        assertThat(goal(ours(audited), POLICY, owned(audited)).flags())
                .containsEntry("audit-log-maxage", "7")
                .containsEntry("audit-log-path", "/var/log/old.log");
    }

    @Test
    void bringsBackThePolicyFileThatTheReturningFlagsName() {
        var named = audited.replace(FLAG, FLAG + "    - --audit-policy-file=" + POLICY_PATH + "\n");

        var files = restored(ours(named), POLICY, owned(named));

        assertThat(files.policy()).contains(THEIRS);
        assertThat(goal(ours(named), POLICY, owned(named)).policy()).contains("theirs");
    }

    @Test
    void keepsAPolicyFileThatSomebodyHasEdited() {
        var named = audited.replace(FLAG, FLAG + "    - --audit-policy-file=" + POLICY_PATH + "\n");
        var edited = FileImage.rootOnly("edited");

        assertThat(restored(ours(named), edited, owned(named)).policy()).isEmpty();
        assertThat(planner.keptEdits(images(ours(named), edited), owned(named)))
                .singleElement()
                .asString()
                .contains(POLICY_PATH, "changed on this node");
    }

    /** It was 7, this operator wrote 30, somebody has made it 90. */
    @Test
    void keepsAFlagThatSomebodyHasChanged() {
        var edited = ours(audited).replace("--audit-log-maxage=30", "--audit-log-maxage=90");

        assertThat(text(restored(edited, POLICY, owned(audited))))
                .contains("--audit-log-maxage=90", "--audit-log-path=/var/log/old.log")
                .doesNotContain("auditpolicy", "--audit-log-maxage=7\n", "--audit-log-maxage=30");
        assertThat(planner.keptEdits(images(edited, POLICY), owned(audited)))
                .containsExactly(
                        "kept --audit-log-maxage=90, changed on this node after this operator set 30; before, it was 7");
    }

    @Test
    void doesNotBringBackAFlagThatSomebodyHasRemoved() {
        var edited = ours(audited).replace("    - --audit-log-maxage=30\n", "");

        assertThat(text(restored(edited, POLICY, owned(audited))))
                .doesNotContain("maxage")
                .contains("--audit-log-path=/var/log/old.log");
    }

    @Test
    void changesNothingIfAChangedFlagNeedsAMountOfOurs() {
        var edited = ours(plain)
                .replace(
                        "audit-log-path=/var/log/kubernetes/audit/audit.log",
                        "audit-log-path=/var/log/kubernetes/audit/b.log");

        assertThat(planner.plan(RESTORE, node(edited, POLICY), owned(plain)))
                .isInstanceOfSatisfying(NodePlan.Blocked.class, blocked -> assertThat(blocked.message())
                        .contains("--audit-log-path=/var/log/kubernetes/audit/b.log", "auditpolicy restore"));
    }

    /** The journal is lost: the marks say what is ours, and nobody knows what was there before. */
    @Test
    void removesMarkedPartsOfANodeWhoseJournalIsLost() {
        assertThat(text(restored(ours(audited), POLICY, Ownership.UNKNOWN))).doesNotContain("audit");
    }

    @Test
    void plansNothingForANodeThatWasNeverChanged() {
        var files = restored(audited, THEIRS, Ownership.UNKNOWN);

        assertThat(files.areUpToDate()).isTrue();
        assertThat(files.configuration()).isEmpty();
    }

    @Test
    void writesAMissingPolicyFileForARollback() {
        var plan = (NodePlan.Files) planner.plan(RESTORE, node(ours(plain), null), owned(plain));

        assertThat(plan.policy()).contains(POLICY);
    }

    private String ours(String before) {
        return text((NodePlan.Files) planner.plan(OURS, node(before, THEIRS), Ownership.UNKNOWN));
    }

    private Ownership owned(String before) {
        var plan = (NodePlan.Files) planner.plan(OURS, node(before, THEIRS), Ownership.UNKNOWN);
        return new Ownership(List.of(OURS), plan.originals());
    }

    private NodePlan.Files restored(String manifest, FileImage policy, Ownership ownership) {
        return (NodePlan.Files) planner.plan(RESTORE, node(manifest, policy), ownership);
    }

    private Goal goal(String manifest, FileImage policy, Ownership ownership) {
        return planner.goal(RESTORE, node(manifest, policy), ownership).orElseThrow();
    }

    private static String text(NodePlan.Files files) {
        return files.configurationAfter(Optional.empty()).orElseThrow().text();
    }

    private static NodeSnapshot node(String manifest, FileImage policy) {
        return new NodeSnapshot(
                Optional.of(FileImage.rootOnly(manifest)),
                Optional.ofNullable(policy),
                List.of(),
                Optional.empty(),
                true,
                Optional.empty(),
                new LogFile.NotOpen());
    }

    private static FileImages images(String manifest, FileImage policy) {
        var file = FileImage.rootOnly(manifest);
        return new FileImages(policy, policy, file, file);
    }
}
