package dev.auditpolicy.host.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.host.process.Preflight.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreflightOutputTest {

    private static final int KILLED = 128 + 9;

    @Test
    void quotesTheErrorAboutThePolicy() {
        assertThat(exited("""
                I1125 04:00:00.000000       1 options.go:263] external host was not specified
                E1125 04:00:00.000000       1 run.go:72] "command failed" err="loading audit policy file: rules[0].level: \
                Unsupported value: \\"Metadat\\": from file /tmp/preflight1/audit-policy.yaml"
                """))
                .isEqualTo(new Verdict.Refuses(
                        "loading audit policy file: rules[0].level: Unsupported value: \"Metadat\""));
    }

    @Test
    void quotesTheErrorAboutAnUnknownFlag() {
        assertThat(exited("Error: unknown flag: --audit-log-colour\nUsage:\n"))
                .isEqualTo(new Verdict.Refuses("unknown flag: --audit-log-colour"));
    }

    /** Messages of Kubernetes 1.36. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "invalid audit log mode x, allowed modes are",
                "[invalid audit log format xml, allowed formats are, --audit-log-maxage -1 can't be a negative number]",
                "invalid audit batch log buffer size 0, must be a positive number"
            })
    void quotesTheErrorAboutASetting(String message) {
        assertThat(exited(failed(message))).isEqualTo(new Verdict.Refuses(message));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "failed to create listener: failed to listen on 127.0.0.1:40001: listen tcp 127.0.0.1:40001: bind: address already"
                        + " in use",
                "error creating self-signed certificates: open /tmp/preflight1/apiserver.crt: no space left on device",
                "loading audit policy file: failed to read file path /tmp/preflight1/audit-policy.yaml: too many open files",
                "ensureLogFile: open /tmp/preflight1/audit.log: no space left on device",
                "unknown flag: --service-account-signing-key-file"
            })
    void isNoRefusalIfTheErrorIsNotAboutAudit(String message) {
        assertThat(exited(failed(message))).isEqualTo(new Verdict.NotPossible("kube-apiserver exited: " + message));
    }

    @ParameterizedTest
    @CsvSource({"137, signal 9", "2, status 2"})
    void isNoRefusalIfTheProcessWasEnded(int status, String reason) {
        var output = new PreflightOutput("fatal error: runtime: out of memory\naudit.(*policyRuleEvaluator)\n");

        assertThat(output.exited(status))
                .isInstanceOfSatisfying(Verdict.NotPossible.class, notPossible -> assertThat(notPossible.reason())
                        .contains(reason));
    }

    @Test
    void isNoRefusalIfAKilledProcessHadWrittenAnError() {
        assertThat(new PreflightOutput(failed("invalid audit log mode x")).exited(KILLED))
                .isInstanceOf(Verdict.NotPossible.class);
    }

    @Test
    void readsAnErrorOfAMegabyte() {
        assertThat(exited(failed("loading audit policy file: " + "\\\"x\\\" ".repeat(200_000))))
                .isInstanceOfSatisfying(Verdict.Refuses.class, refuses -> assertThat(refuses.message())
                        .hasSizeLessThan(1100));
    }

    @Test
    void detectsLenientDecoding() {
        assertThat(new PreflightOutput(
                                "W1125 x] Audit policy contains errors, falling back to lenient decoding: verb\n")
                        .lenientDecoding())
                .contains("Audit policy contains errors, falling back to lenient decoding: verb");
    }

    private static String failed(String message) {
        return "I1125 04:00:00.000000       1 other.go:1] \"Retrying\" err=\"audit is not the reason\"\n"
                + "E1125 04:00:00.000000       1 run.go:72] \"command failed\" err=\"" + message + "\"\n";
    }

    private static Verdict exited(String output) {
        return new PreflightOutput(output).exited(1);
    }
}
