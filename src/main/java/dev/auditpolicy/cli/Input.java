package dev.auditpolicy.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * A file or standard input, as given on the command line.
 *
 * @param name its name in messages
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; a list of bytes would cost sixteen times the memory.
record Input(String name, byte[] content) {

    /** Far more than a policy may have: the output of kustomize or the OpenAPI document of a cluster. */
    private static final int MAX_BYTES = 64 * 1024 * 1024;

    private static final String STANDARD_INPUT = "-";

    /**
     * Reads a file, or standard input if the name is {@code -}.
     *
     * @throws ParameterException if it can't be read
     */
    static Input read(String name, CommandSpec spec) {
        try (InputStream stream = isStandardInput(name) ? System.in : Files.newInputStream(Path.of(name))) {
            byte[] content = stream.readNBytes(MAX_BYTES + 1);
            if (content.length > MAX_BYTES) {
                throw new ParameterException(
                        spec.commandLine(), "cannot read " + name + ": larger than " + MAX_BYTES + " bytes");
            }
            return new Input(isStandardInput(name) ? "standard input" : name, content);
        } catch (NoSuchFileException e) {
            throw new ParameterException(spec.commandLine(), "cannot read " + name + ": no such file", e);
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "cannot read " + name + ": " + e.getMessage(), e);
        }
    }

    static boolean isStandardInput(String name) {
        return name.equals(STANDARD_INPUT);
    }
}
