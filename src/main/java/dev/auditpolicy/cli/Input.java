package dev.auditpolicy.cli;

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

    /** A policy may have far less; this is for what kustomize writes, or a cluster says of itself. */
    private static final int MAX_BYTES = 64 * 1024 * 1024;

    private static final String STANDARD_INPUT = "-";

    /**
     * Reads a file, or standard input if it is called {@code -}.
     *
     * @throws ParameterException if it can't be read
     */
    static Input read(String name, CommandSpec command) {
        try (InputStream stream = isStandardInput(name) ? System.in : Files.newInputStream(Path.of(name))) {
            byte[] content = stream.readNBytes(MAX_BYTES + 1);
            if (content.length > MAX_BYTES) {
                throw new ParameterException(
                        command.commandLine(), "cannot read " + name + ": larger than " + MAX_BYTES + " bytes");
            }
            return new Input(isStandardInput(name) ? "standard input" : name, content);
        } catch (NoSuchFileException e) {
            throw new ParameterException(command.commandLine(), "no such file: " + name, e);
        } catch (IOException e) {
            throw new ParameterException(command.commandLine(), "cannot read " + name + ": " + e.getMessage(), e);
        }
    }

    static boolean isStandardInput(String name) {
        return name.equals(STANDARD_INPUT);
    }
}
