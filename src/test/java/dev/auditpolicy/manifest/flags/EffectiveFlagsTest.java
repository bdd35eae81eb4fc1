package dev.auditpolicy.manifest.flags;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EffectiveFlagsTest {

    private static final boolean SINCE_1_36 = true;
    private static final String LOG = "--audit-log-path=/var/log/a/audit.log";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--audit-log-mode=blocking                      | ",
                "--audit-log-maxsize=100                        | ",
                "--audit-log-maxsize=0x64                       | ",
                "--audit-log-compress=F                         | --audit-log-compress=false",
                "--audit-log-compress                           | --audit-log-compress=1",
                "--audit_log_maxage=7                           | --audit-log-maxage 7",
                "--audit-log-maxage=010                         | --audit-log-maxage=8",
                "--audit-log-maxage=1 --audit-log-maxage=7      | --audit-log-maxage=7",
                "--audit-log-batch-max-wait=5s                  | ",
                "--audit-log-mode=batch --audit-log-batch-throttle-qps=5 | --audit-log-mode=batch",
                "--audit-log-mode=batch --audit-log-batch-max-size=2 --audit-log-batch-max-wait=1500ms"
                        + " | --audit-log-mode=batch --audit-log-batch-max-size=2 --audit-log-batch-max-wait=1.5s",
                "--audit-log-mode=batch --audit-log-batch-throttle-enable --audit-log-batch-throttle-qps=0.50"
                        + " | --audit-log-mode=batch --audit-log-batch-throttle-enable --audit-log-batch-throttle-qps=.5",
                "--audit-log-mode=batch --audit-log-batch-throttle-enable --audit-log-batch-throttle-qps=0.1"
                        + " | --audit-log-mode=batch --audit-log-batch-throttle-enable --audit-log-batch-throttle-qps=0.100000001",
                "--audit-log-mode=batch --audit-log-batch-throttle-enable --audit-log-batch-throttle-qps=1e-1"
                        + " | --audit-log-mode=batch --audit-log-batch-throttle-enable --audit-log-batch-throttle-qps=+00.1",
                "--audit-log-mode=batch --audit-log-batch-throttle-enable --audit-log-batch-throttle-qps=-0"
                        + " | --audit-log-mode=batch --audit-log-batch-throttle-enable",
                "--audit-log-mode=batch --audit-log-batch-max-size=2 --audit-log-batch-max-wait=0.25s"
                        + " | --audit-log-mode=batch --audit-log-batch-max-size=2 --audit-log-batch-max-wait=250000us",
                "--audit-log-maxbackup=1_0                      | --audit-log-maxbackup=0b1010",
                "--audit-log-version=audit.k8s.io/v1            | ",
                "--audit-log-truncate-max-event-size=1000       | ",
                "--audit-webhook-mode=blocking                  | ",
                "--audit-policy-file=/a                         | --audit-policy-file=/b",
                "--v=4                                          | ",
            })
    void areEqualHoweverTheyAreWritten(String one, String other) {
        assertThat(effective(one, SINCE_1_36)).isEqualTo(effective(other, SINCE_1_36));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--audit-log-maxage=0             |                                | audit-log-maxage",
                "--audit-log-maxsize=0            |                                | audit-log-maxsize",
                "--audit-log-mode=blocking-strict | --audit-log-mode=blocking      | audit-log-mode",
                "--audit-log-novelty=1            |                                | audit-log-novelty",
                "--audit-log-maxage=1__0          | --audit-log-maxage=10          | audit-log-maxage",
                "--audit-log-version=audit.k8s.io/v1beta1 |                        | audit-log-version",
                "--audit-log-maxage=x             | --audit-log-maxage=y           | audit-log-maxage",
                "--audit-webhook-config-file=/a   | --audit-webhook-config-file=/b | audit-webhook-config-file",
            })
    void differWhereKubeApiServerWouldDoSomethingElse(String one, String other, String flag) {
        assertThat(effective(one, SINCE_1_36).differing(effective(other, SINCE_1_36)))
                .containsExactly(flag);
    }

    /** The defaults of the rotation changed in Kubernetes 1.36. */
    @Test
    void haveTheDefaultsOfTheirVersion() {
        assertThat(effective("", false))
                .isEqualTo(effective("--audit-log-maxage=0 --audit-log-maxbackup=0", SINCE_1_36));
        assertThat(effective("--audit-log-maxsize=0", false)).isEqualTo(effective("", false));
    }

    @Test
    void ofABackendThatIsOffMeanNothing() {
        assertThat(EffectiveFlags.of(Flags.of(List.of("--audit-log-maxage=7")).audit(), SINCE_1_36)
                        .values())
                .isEmpty();
    }

    private static EffectiveFlags effective(String flags, boolean rotatesByDefault) {
        var arguments = (LOG + " " + (flags == null ? "" : flags)).split(" +");
        return EffectiveFlags.of(Flags.of(List.of(arguments)).audit(), rotatesByDefault);
    }
}
