package dev.auditpolicy.agent.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.agent.node.NodePaths;
import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.Takeover;
import dev.auditpolicy.host.log.LogFile;
import dev.auditpolicy.journal.FileImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A node that has joined with our patches and whose agent has never run: its marks are there, its book is empty. */
class PreparedNodeTest {

    private static final LogBackend LOG =
            new LogBackend("/var/log/kubernetes/audit/audit.log", 30, 10, 100, null, null, null, null, null);

    @ParameterizedTest
    @EnumSource(Takeover.class)
    void isLeftAsItIs(Takeover takeover) throws IOException {
        assertThat(plan(new AuditNodeSpec("7f3a", 1L, "policy", LOG, 3, 60).with(takeover)))
                .isInstanceOfSatisfying(NodePlan.Files.class, files -> {
                    assertThat(files.areUpToDate()).isTrue();
                    assertThat(files.configuration()).isEmpty();
                });
    }

    @ParameterizedTest
    @EnumSource(Takeover.class)
    void getsAnotherPolicyOnATurn(Takeover takeover) throws IOException {
        assertThat(plan(new AuditNodeSpec("7f3b", 2L, "another policy", LOG, 3, 60).with(takeover)))
                .isInstanceOfSatisfying(NodePlan.Files.class, files -> assertThat(files.areUpToDate())
                        .isFalse());
    }

    private static NodePlan plan(AuditNodeSpec spec) throws IOException {
        var manifest = Files.readString(
                Path.of("src/test/resources/dev/auditpolicy/manifest/golden/kubeadm-1.36-with-our-patches/in.yaml"));
        var node = new NodeSnapshot(
                Optional.of(FileImage.rootOnly(manifest)),
                Optional.of(FileImage.rootOnly("policy")),
                List.of(),
                Optional.empty(),
                true,
                Optional.empty(),
                new LogFile.NotOpen());
        return new StaticPodPlanner(NodePaths.kubeadm()).plan(spec, node, Ownership.UNKNOWN);
    }
}
