package dev.auditpolicy.cli;

import dev.auditpolicy.policy.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * A text that the user names.
 *
 * @param name what messages call it
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; a list of bytes would cost sixteen times the memory.
record Input(String name, byte[] content) {

    private static final String STANDARD_INPUT = "-";

    /**
     * Reads a file, or standard input if it is called {@code -}.
     *
     * @throws ParameterException if it can't be read
     */
    static Input read(String name, CommandSpec command) {
        try (InputStream stream = open(name)) {
            // One more than is ever accepted: enough to see that it is too much.
            byte[] content = stream.readNBytes(Limits.MAX_BYTES + 1);
            return new Input(name.equals(STANDARD_INPUT) ? "standard input" : name, content);
        } catch (NoSuchFileException e) {
            throw new ParameterException(command.commandLine(), "no such file: " + name, e);
        } catch (IOException e) {
            throw new ParameterException(command.commandLine(), "cannot read " + name + ": " + e.getMessage(), e);
        }
    }

    private static InputStream open(String name) throws IOException {
        return name.equals(STANDARD_INPUT) ? System.in : Files.newInputStream(Path.of(name));
    }
}
