package dev.auditpolicy.agent.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.host.log.LogFile;
import dev.auditpolicy.host.process.ApiServerProcess;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerificationTest {

    private static final Map<String, String> FLAGS =
            Map.of("audit-policy-file", "/etc/kubernetes/audit-policy.yaml", "audit-log-maxage", "30");
    private static final String[] WANTED = {
        "kube-apiserver",
        "--secure-port=6443",
        "--audit-policy-file=/etc/kubernetes/audit-policy.yaml",
        "--audit-log-maxage=30"
    };

    @Test
    void isProvenByFlagsMountedPolicyAndReadiness() {
        assertThat(verify(seen(true, "wanted", process(1, WANTED))).proven()).isTrue();
    }

    @Test
    void namesAFlagWithAnotherValue() {
        var process = process(1, "kube-apiserver", WANTED[2], "--audit-log-maxage", "20");

        assertThat(verify(seen(true, "wanted", process)).process())
                .containsExactly("the live kube-apiserver has --audit-log-maxage=20 instead of --audit-log-maxage=30");
    }

    @Test
    void namesAMissingFlag() {
        assertThat(verify(seen(true, "wanted", process(1, "kube-apiserver", WANTED[2])))
                        .process())
                .containsExactly("the live kube-apiserver has no --audit-log-maxage instead of --audit-log-maxage=30");
    }

    @Test
    void namesAnAuditFlagThatIsNotOurs() {
        var process = process(1, "kube-apiserver", WANTED[2], WANTED[3], "--audit-log-compress");

        assertThat(verify(seen(true, "wanted", process)).process())
                .containsExactly(
                        "the live kube-apiserver has --audit-log-compress=true instead of no --audit-log-compress");
    }

    @Test
    void isNotProvenByAnotherMountedPolicy() {
        assertThat(verify(seen(true, "other", process(1, WANTED))).process())
                .singleElement()
                .asString()
                .contains("not started with the wanted policy file");
    }

    @Test
    void isNotProvenWhileNotReady() {
        var verification = verify(seen(false, "wanted", process(1, WANTED)));

        assertThat(verification.process()).isEmpty();
        assertThat(verification.service()).singleElement().asString().contains("/readyz");
    }

    @Test
    void isNotProvenWhileThePreviousProcessRuns() {
        var verification = verify(seen(true, "wanted", process(2, WANTED), process(1, "kube-apiserver")));

        assertThat(verification.process()).isEmpty();
        assertThat(verification.service()).singleElement().asString().contains("previous");
    }

    @Test
    void asksForNoRestartWhenNothingRuns() {
        var verification = verify(seen(false, null));

        assertThat(verification.process()).isEmpty();
        assertThat(verification.proven()).isFalse();
    }

    @Test
    void asksForARestartWhenTheLogIsLost() {
        var verification = verify(seen(new LogFile.Lost("the live kube-apiserver writes to a deleted file")));

        assertThat(verification.process()).containsExactly("the live kube-apiserver writes to a deleted file");
    }

    /** A kube-apiserver that cannot open its log for writing does not start. */
    @Test
    void asksForNoRestartWhenTheLogIsReadOnly() {
        var verification = verify(seen(new LogFile.ReadOnly("/var/log")));

        assertThat(verification.process()).isEmpty();
        assertThat(verification.service()).singleElement().asString().contains("/var/log", "read-only");
    }

    @Test
    void takesALogThatIsNotOpenedYetForNoLoss() {
        assertThat(verify(seen(new LogFile.NotOpen())).proven()).isTrue();
    }

    private static Verification verify(NodeSnapshot seen) {
        return Verification.of(Optional.of("wanted"), FLAGS, seen);
    }

    private static NodeSnapshot seen(LogFile log) {
        return seen(true, "wanted", log, process(1, WANTED));
    }

    private static NodeSnapshot seen(boolean ready, String mountedPolicy, ApiServerProcess... processes) {
        return seen(ready, mountedPolicy, new LogFile.InPlace(), processes);
    }

    private static NodeSnapshot seen(boolean ready, String mountedPolicy, LogFile log, ApiServerProcess... processes) {
        return new NodeSnapshot(
                Optional.empty(),
                Optional.empty(),
                List.of(processes),
                Optional.ofNullable(mountedPolicy),
                ready,
                Optional.empty(),
                log);
    }

    private static ApiServerProcess process(long pid, String... commandLine) {
        return new ApiServerProcess(pid, pid, Instant.EPOCH, "0".repeat(32), 0, List.of(commandLine));
    }
}
