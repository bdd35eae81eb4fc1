package dev.auditpolicy.agent.turn;

import static dev.auditpolicy.agent.turn.KubeadmNode.PATHS;
import static dev.auditpolicy.agent.turn.KubeadmNode.PROVEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.agent.reapply.Reapplier;
import dev.auditpolicy.api.v1alpha1.Phase;
import dev.auditpolicy.api.v1alpha1.Turn;
import dev.auditpolicy.host.file.Hold;
import dev.auditpolicy.host.file.JournalFile;
import dev.auditpolicy.journal.FileImage;
import dev.auditpolicy.journal.OpenTurn;
import dev.auditpolicy.manifest.KubeApiServerManifest;
import java.io.IOException;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a manifest without our parts is answered at once, and when it waits for a turn. */
class ReapplierTest {

    private KubeadmNode node;
    private Reapplier reapplier;
    private JournalFile journals;

    @BeforeEach
    void onANodeThatIsProven() throws Exception {
        node = KubeadmNode.proven();
        var context = new FaultyPorts(node.node(), 0, Fault.FAILS).context();
        journals = new JournalFile(context.files(), JournalFile.PATH);
        reapplier = new Reapplier(context, journals);
    }

    @Test
    void answersAnUpgradeByARunningKubeadm() throws Exception {
        node.upgrade();
        reapplier.step();

        assertThat(isAnswered()).isTrue();
    }

    /** kubeadm waits for another hash of the pod, and for 5 minutes. */
    @Test
    void makesAnotherPodEvenOfTheSameContent() throws Exception {
        node.node().startKubeadm(1);
        node.rename(node.upgraded().withText(node.upgraded().text().replace(":v1.37.0", ":v1.36.3")));
        reapplier.step();

        assertThat(isAnswered()).isTrue();
        assertThat(node.manifest()).isNotEqualTo(node.before());
    }

    /** It has no part of ours, and is not one that kubeadm has just written without. */
    @Test
    void leavesWhatATakeoverHasKept() throws Exception {
        onANodeWhoseConfigurationWasKept();
        reapplier.reported(Phase.EFFECTIVE);
        reapplier.step();

        assertThat(node.manifest()).isEqualTo(node.before());
        assertThat(node.node().files()).doesNotContainKey(OriginalFiles.REGENERATED_MANIFEST);
    }

    @Test
    void putsItsPartsInThePlaceOfWhatATakeoverHasKept() throws Exception {
        onANodeWhoseConfigurationWasKept();
        node.upgrade();
        reapplier.step();

        assertThat(isAnswered()).isTrue();
    }

    private void onANodeWhoseConfigurationWasKept() throws Exception {
        node = KubeadmNode.kept();
        var context = new FaultyPorts(node.node(), 0, Fault.FAILS).context();
        journals = new JournalFile(context.files(), JournalFile.PATH);
        reapplier = new Reapplier(context, journals);
    }

    @Test
    void keepsACopyOfKubeadmsManifest() throws Exception {
        node.upgrade();
        reapplier.step();

        assertThat(node.node().files()).containsEntry(OriginalFiles.REGENERATED_MANIFEST, node.upgraded());
    }

    /** {@code kubeadm init phase} has ended by then. */
    @Test
    void answersOnANodeThatWasVerifiedAMomentAgo() throws Exception {
        reapplier.reported(Phase.EFFECTIVE);
        node.rename(node.upgraded());
        reapplier.step();

        assertThat(isAnswered()).isTrue();
    }

    /** Refused: another revision, or for a moment, because kubeadm moves the old manifest away before it moves the new one in. */
    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            names = {"PENDING", "REFUSED", "CHECKED", "ROLLED_BACK"})
    void answersKubeadmOnANodeThatIsNotVerifiedNow(Phase phase) throws Exception {
        reapplier.reported(phase);
        node.upgrade();
        reapplier.step();

        assertThat(isAnswered()).isTrue();
    }

    /** An administrator may be saving a node that has no kube-apiserver. */
    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            names = {"PENDING", "REFUSED", "CHECKED", "ROLLED_BACK"})
    void leavesARewriteWithoutKubeadmOnANodeThatIsNotVerified(Phase phase) throws Exception {
        reapplier.reported(phase);
        node.rename(node.upgraded());
        reapplier.step();

        assertThat(node.manifest()).isEqualTo(node.upgraded());
    }

    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            names = {"FAILED", "DRIFTED", "HELD", "OBSERVED", "RESTORED", "UNMANAGED"})
    void leavesANodeOnWhichNothingMayBeWritten(Phase phase) throws Exception {
        reapplier.reported(phase);
        node.upgrade();
        reapplier.step();

        assertThat(node.manifest()).isEqualTo(node.upgraded());
    }

    @Test
    void leavesANodeOnHold() throws Exception {
        new Hold(new FaultyPorts(node.node(), 0, Fault.FAILS).files(), Hold.PATH).set("mine");
        node.upgrade();
        reapplier.step();

        assertThat(node.manifest()).isEqualTo(node.upgraded());
    }

    @Test
    void leavesAnOpenTurn() throws Exception {
        var turn = new Turn("turn-b", "cp1", "a", 2, node.node().now());
        journals.write(journals.read()
                .begin(OpenTurn.begun(
                        turn, PROVEN, node.node().now(), node.node().ticks())));
        node.upgrade();
        reapplier.step();

        assertThat(node.manifest()).isEqualTo(node.upgraded());
    }

    @Test
    void leavesANodeThatWasGivenBack() throws Exception {
        journals.write(journals.read().restored());
        node.upgrade();
        reapplier.step();

        assertThat(node.manifest()).isEqualTo(node.upgraded());
    }

    @Test
    void leavesANodeWithAnotherPolicyFile() throws Exception {
        node.node().disk().delete(PATHS.policy());
        node.node().disk().create(PATHS.policy(), FileImage.rootOnly("theirs"));
        node.upgrade();
        reapplier.step();

        assertThat(node.manifest()).isEqualTo(node.upgraded());
    }

    /** The unaudited one has started already, so a write would not save a restart. */
    @Test
    void leavesAKubeApiServerThatHasStartedWithoutAuditFlags() throws Exception {
        node.upgrade();
        node.node().pass(Duration.ofMinutes(2));
        reapplier.step();

        assertThat(node.manifest()).isEqualTo(node.upgraded());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "registry.k8s.io/kube-apiserver:v1.99.0",
                "registry.k8s.io/kube-apiserver:v1.29.9",
                "registry.k8s.io/kube-apiserver:latest",
                "registry.example:5000/kube-apiserver",
                "registry.k8s.io/kube-apiserver@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
            })
    void leavesAVersionThatIsNotKnown(String image) throws Exception {
        assertLeft(text -> text.replace("registry.k8s.io/kube-apiserver:v1.37.0", image));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "registry.example:5000/mirror/kube-apiserver:v1.36.0-custom.1",
                "registry.k8s.io/kube-apiserver:v1.35.4@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
            })
    void answersAnyKnownVersion(String image) throws Exception {
        rewriteAs(text -> text.replace("registry.k8s.io/kube-apiserver:v1.37.0", image));

        assertThat(isAnswered()).isTrue();
    }

    /** They are in kubeadm-config: spec.takeover decides, on a turn. */
    @Test
    void leavesForeignAuditFlags() throws Exception {
        assertLeft(text -> text.replace("    - --allow-privileged=true\n", """
                    - --allow-privileged=true
                    - --audit-log-path=/var/log/theirs/audit.log
                """));
    }

    @Test
    void leavesAManifestThatKubeadmHasNotWritten() throws Exception {
        assertLeft(text -> text.replace("kubeadm.kubernetes.io/", "example.com/"));
    }

    @Test
    void leavesAManifestThatIsNoPod() throws Exception {
        assertLeft(text -> text.replace("kind: Pod", "kind: Job"));
    }

    /** A part of what kubeadm writes may be a valid Pod. */
    @Test
    void leavesAManifestThatIsCutOff() throws Exception {
        var whole = node.upgraded();
        for (var length = 0; length < whole.text().length(); length += 13) {
            onANodeThatIsProven();
            var cutOff = whole.withText(whole.text().substring(0, length));
            node.node().startKubeadm(1);
            node.rename(cutOff);
            reapplier.step();

            assertThat(node.manifest()).as("the first " + length).isEqualTo(cutOff);
        }
    }

    @Test
    void leavesTheThirdRewriteByOneKubeadm() throws Exception {
        for (var rewrite = 1; rewrite <= 2; rewrite++) {
            node.upgrade();
            reapplier.step();
            assertThat(isAnswered()).as("rewrite " + rewrite).isTrue();
        }
        node.upgrade();
        reapplier.step();

        assertThat(node.manifest()).isEqualTo(node.upgraded());
    }

    @Test
    void leavesTheFourthRewriteByAnyKubeadm() throws Exception {
        for (var pid = 1; pid <= 4; pid++) {
            node.node().startKubeadm(pid);
            node.rename(node.upgraded());
            reapplier.step();
        }

        assertThat(node.manifest()).isEqualTo(node.upgraded());
    }

    @Test
    void leavesTheSecondRewriteByNobody() throws Exception {
        reapplier.reported(Phase.EFFECTIVE);
        for (var rewrite = 1; rewrite <= 2; rewrite++) {
            node.rename(node.upgraded());
            reapplier.step();
        }

        assertThat(node.manifest()).isEqualTo(node.upgraded());
    }

    @Test
    void answersAgainTenMinutesLater() throws Exception {
        reapplier.reported(Phase.EFFECTIVE);
        node.rename(node.upgraded());
        reapplier.step();
        node.node().pass(Duration.ofMinutes(11));
        node.rename(node.upgraded());
        reapplier.step();

        assertThat(isAnswered()).isTrue();
    }

    private void assertLeft(UnaryOperator<String> change) throws Exception {
        var rewritten = rewriteAs(change);

        assertThat(node.manifest()).isEqualTo(rewritten);
    }

    private FileImage rewriteAs(UnaryOperator<String> change) throws IOException, InterruptedException {
        var rewritten = node.upgraded().withText(change.apply(node.upgraded().text()));
        assertThat(rewritten).isNotEqualTo(node.upgraded());
        node.node().startKubeadm(1);
        node.rename(rewritten);
        reapplier.step();
        return rewritten;
    }

    private boolean isAnswered() {
        return KubeApiServerManifest.parse(node.manifest().text())
                        instanceof KubeApiServerManifest.Parsed(KubeApiServerManifest manifest)
                && manifest.hasOwnershipMarker();
    }
}
