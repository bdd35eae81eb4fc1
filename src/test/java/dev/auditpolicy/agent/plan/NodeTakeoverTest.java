package dev.auditpolicy.agent.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.agent.node.NodePaths;
import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.Takeover;
import dev.auditpolicy.host.log.LogFile;
import dev.auditpolicy.journal.FileImage;
import dev.auditpolicy.journal.Originals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NodeTakeoverTest {

    private static final AuditNodeSpec REFUSING = new AuditNodeSpec(
            "a",
            1L,
            "ours",
            new LogBackend("/var/log/kubernetes/audit/audit.log", 30, 10, 100, null, null, null, null, null),
            3,
            60);
    private static final AuditNodeSpec REPLACING = REFUSING.with(Takeover.REPLACE);
    private static final FileImage THEIRS = FileImage.rootOnly("theirs");
    private static final FileImage OURS = FileImage.rootOnly("ours");
    private static final String FLAG = "    - --allow-privileged=true\n";

    private final StaticPodPlanner planner = new StaticPodPlanner(NodePaths.kubeadm());
    private final String plain =
            Files.readString(Path.of("src/test/resources/dev/auditpolicy/manifest/golden/kubeadm-1.36/in.yaml"));
    private final String audited = with("--audit-log-path=/var/log/old.log");

    NodeTakeoverTest() throws IOException {}

    @Test
    void refusesByDefaultAndNamesTheWayOut() {
        assertThat(planner.plan(REFUSING, node(audited, THEIRS), Ownership.UNKNOWN))
                .isInstanceOfSatisfying(NodePlan.Blocked.class, blocked -> assertThat(blocked.message())
                        .contains("--audit-log-path=/var/log/old.log", "spec.takeover", "Replace"));
    }

    @Test
    void remembersWhatItReplaces() {
        var plan = files(audited, THEIRS, Ownership.UNKNOWN);
        assertThat(plan.takenLines()).hasSize(1);
        assertThat(plan.originals()).contains(new Originals(FileImage.rootOnly(audited), plan.takenLines(), THEIRS));
    }

    @Test
    void remembersNothingOfANodeWithoutAuditFlags() {
        assertThat(files(plain, THEIRS, Ownership.UNKNOWN).originals()).isEmpty();
    }

    /** kubeadm has written the manifest anew, and kubeadm-config has other audit flags by now. */
    @Test
    void replacesWhatItRememberedIfTheManifestIsWrittenAnew() {
        var anew = with("--audit-log-maxage=30\n    - --audit-log-mode=batch");
        assertThat(originals(anew, OURS, takenOver()))
                .extracting(Originals::manifest, Originals::policy)
                .containsExactly(FileImage.rootOnly(anew), THEIRS);
    }

    @Test
    void addsAForeignFlagThatAppearsBesideItsOwn() {
        var ours = files(audited, THEIRS, Ownership.UNKNOWN)
                .configurationAfter(Optional.empty())
                .orElseThrow()
                .text();
        var edited = ours.replace(FLAG, FLAG + "    - --audit-webhook-config-file=/hook\n");
        var original = originals(edited, OURS, takenOver());
        assertThat(original.manifest().text())
                .isEqualTo(audited.replace(FLAG, FLAG + "    - --audit-webhook-config-file=/hook\n"));
        assertThat(original.foreignLines()).hasSize(2);
    }

    private Ownership takenOver() {
        return new Ownership(
                List.of(REPLACING), files(audited, THEIRS, Ownership.UNKNOWN).originals());
    }

    private String with(String flag) {
        return plain.replace("    - --secure-port", "    - " + flag + "\n    - --secure-port");
    }

    private Originals originals(String manifest, FileImage policy, Ownership ownership) {
        return files(manifest, policy, ownership).originals().orElseThrow();
    }

    private NodePlan.Files files(String manifest, FileImage policy, Ownership ownership) {
        return (NodePlan.Files) planner.plan(REPLACING, node(manifest, policy), ownership);
    }

    private static NodeSnapshot node(String manifest, FileImage policy) {
        return new NodeSnapshot(
                Optional.of(FileImage.rootOnly(manifest)),
                Optional.of(policy),
                List.of(),
                Optional.empty(),
                true,
                Optional.empty(),
                new LogFile.NotOpen());
    }
}
