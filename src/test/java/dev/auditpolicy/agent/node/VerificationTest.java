package dev.auditpolicy.agent.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.host.log.LogFile;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.ProcessUser;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerificationTest {

    private static final Map<String, String> FLAGS =
            Map.of("audit-policy-file", "/etc/kubernetes/audit-policy.yaml", "audit-log-maxage", "30");
    private static final String[] ARGUMENTS = {
        "kube-apiserver",
        "--secure-port=6443",
        "--audit-policy-file=/etc/kubernetes/audit-policy.yaml",
        "--audit-log-maxage=30"
    };

    @Test
    void isProvenByFlagsMountedPolicyAndReadiness() {
        assertThat(verify(snapshot(true, "desired", process(1, ARGUMENTS))).proven())
                .isTrue();
    }

    @Test
    void reportsAFlagWithADifferentValue() {
        var process = process(1, "kube-apiserver", ARGUMENTS[2], "--audit-log-maxage", "20");

        assertThat(verify(snapshot(true, "desired", process)).process())
                .containsExactly("the live kube-apiserver has --audit-log-maxage=20 instead of --audit-log-maxage=30");
    }

    @Test
    void reportsAMissingFlag() {
        assertThat(verify(snapshot(true, "desired", process(1, "kube-apiserver", ARGUMENTS[2])))
                        .process())
                .containsExactly("the live kube-apiserver has no --audit-log-maxage instead of --audit-log-maxage=30");
    }

    @Test
    void reportsAnUnexpectedAuditFlag() {
        var process = process(1, "kube-apiserver", ARGUMENTS[2], ARGUMENTS[3], "--audit-log-compress");

        assertThat(verify(snapshot(true, "desired", process)).process())
                .containsExactly(
                        "the live kube-apiserver has --audit-log-compress=true instead of no --audit-log-compress");
    }

    @Test
    void isNotProvenWithADifferentMountedPolicy() {
        assertThat(verify(snapshot(true, "other", process(1, ARGUMENTS))).process())
                .singleElement()
                .asString()
                .contains("not started with the desired policy file");
    }

    @Test
    void isNotProvenWhileNotReady() {
        var verification = verify(snapshot(false, "desired", process(1, ARGUMENTS)));

        assertThat(verification.process()).isEmpty();
        assertThat(verification.service()).singleElement().asString().contains("/readyz");
    }

    @Test
    void isNotProvenWhileThePreviousProcessRuns() {
        var verification = verify(snapshot(true, "desired", process(2, ARGUMENTS), process(1, "kube-apiserver")));

        assertThat(verification.process()).isEmpty();
        assertThat(verification.service()).singleElement().asString().contains("previous");
    }

    @Test
    void requiresNoRestartWhenNothingRuns() {
        var verification = verify(snapshot(false, null));

        assertThat(verification.process()).isEmpty();
        assertThat(verification.proven()).isFalse();
    }

    @Test
    void requiresARestartWhenTheLogIsLost() {
        var verification = verify(snapshot(new LogFile.Lost("the live kube-apiserver writes to a deleted file")));

        assertThat(verification.process()).containsExactly("the live kube-apiserver writes to a deleted file");
    }

    /** kube-apiserver does not start if it cannot open its log for writing. */
    @Test
    void requiresNoRestartWhenTheLogIsReadOnly() {
        var verification = verify(snapshot(new LogFile.NotWritable("/var/log is mounted read-only", "remount it")));

        assertThat(verification.process()).isEmpty();
        assertThat(verification.log()).singleElement().asString().contains("/var/log", "read-only");
    }

    @Test
    void acceptsALogThatIsNotOpenYet() {
        assertThat(verify(snapshot(new LogFile.NotOpen())).proven()).isTrue();
    }

    private static Verification verify(NodeSnapshot snapshot) {
        return Verification.of(Optional.of("desired"), FLAGS, snapshot);
    }

    private static NodeSnapshot snapshot(LogFile log) {
        return snapshot(true, "desired", log, process(1, ARGUMENTS));
    }

    private static NodeSnapshot snapshot(boolean ready, String mountedPolicy, ApiServerProcess... processes) {
        return snapshot(ready, mountedPolicy, new LogFile.InPlace(), processes);
    }

    private static NodeSnapshot snapshot(
            boolean ready, String mountedPolicy, LogFile log, ApiServerProcess... processes) {
        return new NodeSnapshot(
                Optional.empty(),
                Optional.empty(),
                List.of(processes),
                Optional.ofNullable(mountedPolicy),
                ready,
                Optional.empty(),
                log);
    }

    private static ApiServerProcess process(long pid, String... arguments) {
        return new ApiServerProcess(pid, pid, Instant.EPOCH, "0".repeat(32), ProcessUser.ROOT, List.of(arguments));
    }
}
