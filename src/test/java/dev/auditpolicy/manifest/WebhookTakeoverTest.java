package dev.auditpolicy.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.manifest.flags.DesiredAuditConfig;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A webhook that somebody has set up is replaced with its flags, and comes back with them. */
final class WebhookTakeoverTest {

    private static final String FLAG = "    - --allow-privileged=true\n";
    private static final String KUBECONFIG = "/etc/kubernetes/audit/webhook-config.yaml";

    private final ManifestPlanner planner = new ManifestPlanner();

    static Stream<DesiredAuditConfig> desired() {
        return Stream.of(Manifests.DESIRED, Manifests.WITH_WEBHOOK, Manifests.WEBHOOK_ONLY);
    }

    /** Also if the AuditPolicy has only a log: a webhook beside it would be one that nobody sees. */
    @ParameterizedTest
    @MethodSource("desired")
    void replacesTheFlagsOfBothBackends(DesiredAuditConfig desired) {
        var before = audited("/etc/kubernetes/audit", "/etc/kubernetes/audit");

        var plan = (Plan.Patched) planner.planTakeover(before, desired);

        assertThat(Manifests.parsed(plan.text()).flags()).containsAllEntriesOf(desired.flags());
        assertThat(plan.text()).doesNotContain(KUBECONFIG);
        assertThat(Manifests.patched(planner.planRemoval(plan.text(), plan.taken())))
                .isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("desired")
    void namesTheFlagsIfItMayNotReplaceThem(DesiredAuditConfig desired) {
        assertThat(planner.plan(audited("/etc/kubernetes/audit", "/etc/kubernetes/audit"), desired))
                .isInstanceOfSatisfying(Plan.Unpatchable.class, refused -> assertThat(refused.problems())
                        .extracting(problem -> problem.field())
                        .contains("--audit-log-path", "--audit-webhook-config-file", "--audit-webhook-batch-max-wait"));
    }

    /** Its mount serves nobody then, and harms nobody: it is not ours to remove. */
    @Test
    void leavesAMountThatDoesNotCollide() {
        var plan = (Plan.Patched)
                planner.planTakeover(audited("/etc/kubernetes/audit", "/etc/kubernetes/audit"), Manifests.WITH_WEBHOOK);

        assertThat(Manifests.parsed(plan.text()).hostPaths()).containsEntry("hook", "/etc/kubernetes/audit");
    }

    /** kubelet would create our mount point in the directory of somebody else. */
    @ParameterizedTest
    @MethodSource("desired")
    void replacesAMountThatHasAnotherDirectoryAtOurPath(DesiredAuditConfig desired) {
        var before = audited("/etc/kubernetes/audit-webhook", "/srv/hook");

        var plan = (Plan.Patched) planner.planTakeover(before, desired);

        assertThat(Manifests.parsed(plan.text()).hostPaths().containsKey("hook"))
                .isEqualTo(desired.webhookDirectory().isEmpty());
        assertThat(Manifests.patched(planner.planRemoval(plan.text(), plan.taken())))
                .isEqualTo(before);
    }

    @Test
    void keepsAMountOfTheSameDirectory() {
        var before = audited("/etc/kubernetes/audit-webhook", "/etc/kubernetes/audit-webhook");

        var plan = (Plan.Patched) planner.planTakeover(before, Manifests.WITH_WEBHOOK);

        assertThat(Manifests.parsed(plan.text()).hostPaths())
                .containsEntry("hook", "/etc/kubernetes/audit-webhook")
                .containsEntry("auditpolicy-webhook", Manifests.WEBHOOK.directory());
        assertThat(Manifests.patched(planner.planRemoval(plan.text(), plan.taken())))
                .isEqualTo(before);
    }

    /** An AuditPolicy that gets its webhook after the takeover. */
    @Test
    void takesTheMountWhenOursComes() {
        var before = audited("/etc/kubernetes/audit-webhook", "/srv/hook");
        var logOnly = (Plan.Patched) planner.planTakeover(before, Manifests.DESIRED);

        var plan = (Plan.Patched) planner.planTakeover(logOnly.text(), Manifests.WITH_WEBHOOK);

        assertThat(plan.taken().lines()).isNotEmpty();
        assertThat(Manifests.parsed(plan.text()).hostPaths()).doesNotContainKey("hook");
    }

    private static String audited(String mountPath, String hostPath) {
        return Manifests.kubeadm()
                .replace(FLAG, FLAG + """
                            - --audit-log-path=/var/log/kubernetes/audit/audit.log
                            # the security team's
                            - --audit-webhook-config-file=%s
                            - --audit-webhook-batch-max-wait=5s
                        """.formatted(KUBECONFIG))
                .replace("    volumeMounts:\n", """
                            volumeMounts:
                            - mountPath: %s
                              name: hook
                              readOnly: true
                        """.formatted(mountPath))
                .replace("  volumes:\n", """
                          volumes:
                          - hostPath:
                              path: %s
                              type: Directory
                            name: hook
                        """.formatted(hostPath));
    }
}
