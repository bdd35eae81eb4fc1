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
                .contains("(\"text\" \"json\" \"sarif\")", "(\"cis\" \"stig\" \"nsa\" \"pci\")")
                .doesNotContain("SARIF");
    }

    @Test
    void zshReadsTheScriptOfBash() {
        assertThat(run("completion", "zsh").expectExitCode(0).out())
                .isEqualTo(run("completion", "bash").out())
                .contains("bashcompinit");
    }

    @Test
    void fishCompletesCommandsOptionsAndValues() {
        assertThat(run("completion", "fish").expectExitCode(0).out().lines())
                .contains(
                        "complete -c auditpolicy -n '__fish_use_subcommand' -f -a lint -d 'Find likely mistakes in a policy'",
                        "complete -c auditpolicy -n '__fish_seen_subcommand_from completion' -f -a 'bash zsh fish' -d 'Shell"
                                + " that reads the script: bash, zsh or fish (default: bash)'")
                .anyMatch(line -> line.startsWith("complete -c auditpolicy -n '__fish_seen_subcommand_from lint'")
                        && line.contains("-l profile -x -a 'cis stig nsa pci'"));
    }

    @Test
    void namesTheShellsThatItKnows() {
        assertThat(run("completion", "tcsh").expectExitCode(2).err()).contains("bash, zsh, fish");
    }
}
