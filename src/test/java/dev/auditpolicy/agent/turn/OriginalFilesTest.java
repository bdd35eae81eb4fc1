package dev.auditpolicy.agent.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.Turn;
import dev.auditpolicy.api.v1alpha1.TurnOutcome;
import dev.auditpolicy.api.v1alpha1.TurnOutcome.Result;
import dev.auditpolicy.host.file.JournalFile;
import dev.auditpolicy.host.file.NodeFiles;
import dev.auditpolicy.host.log.LogFile;
import dev.auditpolicy.journal.BootTime;
import dev.auditpolicy.journal.FileImage;
import dev.auditpolicy.journal.Journal;
import dev.auditpolicy.journal.OpenTurn;
import dev.auditpolicy.journal.OriginalPaths;
import dev.auditpolicy.manifest.ManifestPlanner;
import dev.auditpolicy.manifest.Plan;
import dev.auditpolicy.manifest.flags.DesiredAuditConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OriginalFilesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final FileImage USERS = FileImage.rootOnly("the user's policy");
    private static final FileImage OURS = FileImage.rootOnly("our policy");

    private final SimulatedDisk disk = new SimulatedDisk(() -> NOW);
    private final NodeFiles files = new NodeFiles(disk);
    private final OriginalFiles originals = new OriginalFiles(files);
    private final FileImage manifest = FileImage.rootOnly(
            Files.readString(Path.of("src/test/resources/dev/auditpolicy/manifest/golden/kubeadm-1.36/in.yaml")));
    private final FileImage regenerated = manifest.withText(manifest.text() + "# by a newer kubeadm\n");

    OriginalFilesTest() throws IOException {}

    @Test
    void keepsTheFilesBeforeTheFirstChange() throws IOException {
        originals.keep(snapshot(manifest, USERS));

        assertThat(disk.read(OriginalPaths.MANIFEST)).contains(manifest);
        assertThat(originals.policy()).contains(USERS);
    }

    /** As "kubeadm init phase control-plane" leaves the node. */
    @Test
    void isNotReplacedWhenTheManifestIsRegenerated() throws IOException {
        originals.keep(snapshot(manifest, USERS));
        verified();
        originals.keep(snapshot(regenerated, OURS));

        assertThat(disk.read(OriginalPaths.MANIFEST)).contains(manifest);
        assertThat(originals.policy()).contains(USERS);
        assertThat(disk.read(OriginalFiles.REGENERATED_MANIFEST)).contains(regenerated);
    }

    @Test
    void neverKeepsOurPolicyWhereThereWasNone() throws IOException {
        originals.keep(snapshot(manifest, null));
        verified();
        originals.keep(snapshot(regenerated, OURS));

        assertThat(originals.policy()).isEmpty();
    }

    /** An administrator may have deleted the kept files. */
    @Test
    void neverKeepsOurPolicyWhereNothingIsKept() throws IOException {
        verified();
        originals.keep(snapshot(regenerated, OURS));

        assertThat(originals.policy()).isEmpty();
        assertThat(disk.read(OriginalPaths.MANIFEST)).contains(regenerated);
    }

    @Test
    void keepsNothingOfAManifestWithOurParts() throws IOException {
        var ours =
                ((Plan.Patched) new ManifestPlanner().plan(manifest.text(), DesiredAuditConfig.of(log(), "a"))).text();
        originals.keep(snapshot(manifest.withText(ours), OURS));

        assertThat(disk.files()).isEmpty();
    }

    /** Otherwise a second restoration would bring back what the user had before the first. */
    @Test
    void keepsTheFilesAnewAfterARestoration() throws IOException {
        originals.keep(snapshot(manifest, USERS));
        verified();
        journals().write(journals().read().restored());
        var edited = FileImage.rootOnly("the user's other policy");
        originals.keep(snapshot(manifest, edited));

        assertThat(originals.policy()).contains(edited);
    }

    private void verified() throws IOException {
        var spec = new AuditNodeSpec("a", 1L, OURS.text(), log(), 3, 60);
        var turn = OpenTurn.begun(new Turn("turn-a", "cp1", "a", 1, NOW), spec, NOW, BootTime.UNKNOWN);
        var outcome = new TurnOutcome("turn-a", "a", 1, Result.EFFECTIVE, NOW, "", null);
        journals().write(Journal.empty().begin(turn).ended(outcome).close());
    }

    private JournalFile journals() {
        return new JournalFile(files, JournalFile.PATH);
    }

    private static NodeSnapshot snapshot(FileImage manifest, FileImage policy) {
        return new NodeSnapshot(
                Optional.of(manifest),
                Optional.ofNullable(policy),
                List.of(),
                Optional.empty(),
                true,
                Optional.empty(),
                new LogFile.NotOpen());
    }

    private static LogBackend log() {
        return new LogBackend("/var/log/kubernetes/audit/audit.log", 30, 10, 100, null, null, null, null, null);
    }
}
