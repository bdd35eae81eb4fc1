package dev.auditpolicy.agent.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.agent.node.NodePaths;
import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.host.log.LogFile;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.ProcessUser;
import dev.auditpolicy.journal.FileImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The policy file belongs to whoever must read it. */
class PolicyOwnerTest {

    private static final ProcessUser USER = new ProcessUser(2000, 2001, Set.of());
    private static final FileImage USERS = new FileImage("policy", 2000, 2001, 0400);
    private static final FileImage ROOTS = FileImage.rootOnly("policy");

    private final String manifest =
            Files.readString(Path.of("src/test/resources/dev/auditpolicy/manifest/golden/kubeadm-1.36/in.yaml"));

    PolicyOwnerTest() throws IOException {}

    @Test
    void isTheUserOfTheLiveProcess() {
        assertThat(policy(List.of(process(USER)), Optional.empty())).contains(USERS);
        assertThat(policy(List.of(process(ProcessUser.ROOT)), Optional.empty())).contains(ROOTS);
    }

    @Test
    void isCorrectedWithTheFile() {
        assertThat(policy(List.of(process(USER)), Optional.of(ROOTS))).contains(USERS);
        assertThat(policy(List.of(process(USER)), Optional.of(USERS))).isEmpty();
    }

    /** Its restart must not give the file back to root. */
    @Test
    void staysWhileNoProcessRuns() {
        assertThat(policy(List.of(), Optional.of(USERS))).isEmpty();
        assertThat(policy(List.of(), Optional.of(USERS.withText("other")))).contains(USERS);
    }

    private Optional<FileImage> policy(List<ApiServerProcess> processes, Optional<FileImage> onDisk) {
        var log = new LogBackend("/var/log/kubernetes/audit/audit.log", 30, 10, 100, null, null, null, null, null);
        var node = new NodeSnapshot(
                Optional.of(FileImage.rootOnly(manifest)),
                onDisk,
                processes,
                Optional.empty(),
                true,
                Optional.empty(),
                new LogFile.NotOpen());
        var plan = new StaticPodPlanner(NodePaths.kubeadm())
                .plan(new AuditNodeSpec("a", 1L, "policy", log, 3, 60), node, Ownership.UNKNOWN);
        return ((NodePlan.Files) plan).policy();
    }

    private static ApiServerProcess process(ProcessUser user) {
        return new ApiServerProcess(1, 1, Instant.EPOCH, "0".repeat(32), user, List.of("kube-apiserver"));
    }
}
