package dev.auditpolicy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CompletionCommandTest {

    @Test
    void knowsEveryCommand() {
        assertThat(CommandResult.of("completion"))
                .returns(0, CommandResult::exitCode)
                .extracting(CommandResult::out)
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
        assertThat(CommandResult.of("completion").out())
                .contains("(\"text\" \"json\" \"sarif\")", "(\"cis\" \"stig\")")
                .doesNotContain("SARIF");
    }
}
