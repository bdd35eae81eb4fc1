package dev.auditpolicy.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Runs the command in this process, with input files in a temporary directory. */
abstract class CommandTestCase {

    /** Policies from public repositories. */
    static final String CORPUS = "src/test/resources/policies/";

    @TempDir
    Path directory;

    static CommandResult run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = AuditPolicyCommand.commandLine(InstantSource.system())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err));
        return new CommandResult(command.execute(arguments), out.toString(), err.toString());
    }

    static CommandResult runWithInput(String input, String... arguments) {
        InputStream original = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        try {
            return run(arguments);
        } finally {
            System.setIn(original);
        }
    }

    /** Writes a file in the temporary directory and returns its path. */
    String write(String name, String content) {
        Path file = directory.resolve(name);
        try {
            Files.createDirectories(file.getParent());
            return Files.writeString(file, content).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
