package dev.auditpolicy.cli;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** What a run of the command printed, and its exit code. */
record CommandResult(int exitCode, String out, String err) {

    static CommandResult of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command =
                AuditPolicyCommand.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return new CommandResult(command.execute(arguments), out.toString(), err.toString());
    }

    static CommandResult withInput(String input, String... arguments) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        try {
            return of(arguments);
        } finally {
            System.setIn(before);
        }
    }
}
