package dev.auditpolicy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CompletionCommandTest extends CommandTestCase {

    @Test
    void completesEveryCommand() {
        assertThat(run("completion").expectExitCode(0).out())
                .contains(
                        "_complete_auditpolicy",
                        "lint",
                        "explain",
                        "diff",
                        "--kubernetes-version",
                        "--discovery",
                        "--manifest",
                        "--flags");
    }

    @Test
    void completesValuesInLowerCase() {
        assertThat(run("completion").out())
                .contains("(\"text\" \"json\" \"sarif\")", "(\"cis\" \"stig\")")
                .doesNotContain("SARIF");
    }
}
