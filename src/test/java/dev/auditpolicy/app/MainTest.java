package dev.auditpolicy.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.ExitCode;

class MainTest {

    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @Test
    void helpNamesBothRoles() {
        assertThat(run("--help")).isEqualTo(ExitCode.OK);
        assertThat(output.toString()).contains("controller", "agent");
        assertThat(errors.toString()).isEmpty();
    }

    @Test
    void noCommandIsAnErrorThatShowsTheHelp() {
        assertThat(run()).isEqualTo(ExitCode.USAGE);
        assertThat(errors.toString()).contains("controller", "agent");
    }

    @Test
    void unknownCommandIsNamed() {
        assertThat(run("conductor")).isEqualTo(ExitCode.USAGE);
        assertThat(errors.toString()).contains("'conductor'");
    }

    private int run(String... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(output, true))
                .setErr(new PrintWriter(errors, true))
                .execute(arguments);
    }
}
