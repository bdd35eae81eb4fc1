package dev.auditpolicy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CompletionCommandTest {

    @Test
    void knowsEveryCommand() {
        assertThat(Execution.of("completion"))
                .returns(0, Execution::exitCode)
                .extracting(Execution::out)
                .asString()
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
    void offersValuesInLowerCase() {
        assertThat(Execution.of("completion").out())
                .contains("(\"text\" \"json\" \"sarif\")", "(\"cis\" \"stig\")")
                .doesNotContain("SARIF");
    }
}
