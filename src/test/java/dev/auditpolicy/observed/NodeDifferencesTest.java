package dev.auditpolicy.observed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.Observed;
import dev.auditpolicy.api.v1alpha1.Observed.Owner;
import dev.auditpolicy.api.v1alpha1.ObservedPolicy;
import dev.auditpolicy.policy.KubernetesVersion;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeDifferencesTest {

    private static final KubernetesVersion V1_36 = new KubernetesVersion(1, 36);
    private static final ObservedConfig USUAL = config("m1", "/var/log/k/audit.log", "--audit-log-maxage=30");

    @Test
    void namesWhatANodeHasOtherwise() {
        var nodes =
                Map.of("cp1", USUAL, "cp2", USUAL, "cp3", config("m2", "/var/log/k/audit.log", "--audit-log-maxage=7"));

        assertThat(NodeDifferences.of("cp3", nodes))
                .containsExactly("another policy than on cp1, cp2", "--audit-log-maxage: 7 here, 30 on cp1, cp2");
        assertThat(NodeDifferences.of("cp1", nodes))
                .containsExactly("another policy than on cp3", "--audit-log-maxage: 30 here, 7 on cp3");
    }

    @Test
    void areNoneIfOnlyTheFormDiffers() {
        var other = new Observed(
                "",
                Owner.FOREIGN,
                null,
                List.of("--audit-log-maxage=30", "--audit-log-mode=blocking", "--audit-log-path=/in/container"),
                new ObservedPolicy("/elsewhere", "other bytes", "m1", "# comment"),
                "/var/log/k/audit.log",
                false,
                List.of(),
                List.of());

        assertThat(NodeDifferences.of("cp1", Map.of("cp1", USUAL, "cp2", ObservedConfig.of(other, V1_36))))
                .isEmpty();
    }

    @Test
    void nameANodeWithoutAuditLogging() {
        var off = ObservedConfig.of(
                new Observed("off", Owner.NONE, null, List.of(), null, null, false, List.of(), List.of()), V1_36);

        assertThat(NodeDifferences.of("cp2", Map.of("cp1", USUAL, "cp2", off)))
                .contains("no policy here, one on cp1", "--audit-log-path: none here, /var/log/k/audit.log on cp1");
    }

    /** The defaults of rotation differ, so the same command line is another configuration. */
    @Test
    void nameDefaultsOfAnotherVersion() {
        var old = ObservedConfig.of(
                observed("m1", "/var/log/k/audit.log", "--audit-log-maxage=30"), new KubernetesVersion(1, 35));

        assertThat(NodeDifferences.of("cp1", Map.of("cp1", USUAL, "cp2", old)))
                .containsExactly("--audit-log-maxbackup: 100 here, 0 on cp2");
    }

    @Test
    void putTheLargestGroupFirst() {
        var other = config("m2", "/a/b", "");

        assertThat(NodeDifferences.groups(Map.of("a", other, "b", USUAL, "c", USUAL)))
                .containsExactly(List.of("b", "c"), List.of("a"));
    }

    private static ObservedConfig config(String meaning, String logPath, String flag) {
        return ObservedConfig.of(observed(meaning, logPath, flag), V1_36);
    }

    private static Observed observed(String meaning, String logPath, String flag) {
        return new Observed(
                "",
                Owner.FOREIGN,
                null,
                List.of(flag, "--audit-log-path=" + logPath, "--audit-policy-file=/p"),
                new ObservedPolicy("/p", "bytes", meaning, null),
                logPath,
                false,
                List.of(),
                List.of());
    }
}
