package dev.auditpolicy.host.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PreflightOutputTest {

    @Test
    void extractsTheErrorOfKubeApiServer() {
        var output = new PreflightOutput("""
                I1125 04:00:00.000000       1 options.go:263] external host was not specified
                E1125 04:00:00.000000       1 run.go:72] "command failed" err="loading audit policy file: rules[0].level: \
                Unsupported value: \\"Metadat\\": from file /tmp/preflight1/audit-policy.yaml"
                """);

        assertThat(output.error())
                .isEqualTo("loading audit policy file: rules[0].level: Unsupported value: \"Metadat\"");
    }

    @Test
    void extractsTheErrorOfAnUnknownFlag() {
        assertThat(new PreflightOutput("Error: unknown flag: --audit-log-colour\nUsage:\n").error())
                .isEqualTo("unknown flag: --audit-log-colour");
    }

    @Test
    void detectsLenientDecoding() {
        assertThat(new PreflightOutput(
                                "W1125 x] Audit policy contains errors, falling back to lenient decoding: verb\n")
                        .lenientDecoding())
                .contains("Audit policy contains errors, falling back to lenient decoding: verb");
    }
}
