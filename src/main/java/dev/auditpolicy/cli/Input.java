package dev.auditpolicy.cli;

import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.read.PolicyFileReading;
import dev.auditpolicy.policy.read.PolicyText;
import dev.auditpolicy.policy.read.PolicyTextReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * A file or standard input, as given on the command line.
 *
 * @param name its name in messages
 * @param content all of it
 * @param readAt decides which temporary rules of an AuditPolicy apply
 * @param part the object to read if the content is a list of objects; null for the first document of the content
 * @param isContained whether it is the value of a field of another object, such as a ConfigMap
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; a list of bytes would cost sixteen times the memory.
record Input(
        String name,
        byte[] content,
        Instant readAt,
        @Nullable PolicyText part,
        boolean isContained) {

    /** Far more than a policy may have: the output of kustomize or the OpenAPI document of a cluster. */
    private static final int MAX_BYTES = 64 * 1024 * 1024;

    private static final String STANDARD_INPUT = "-";

    /** One that is no AuditPolicy. */
    Input(String name, byte[] content) {
        this(name, content, Instant.EPOCH, null, false);
    }

    /** Parsed; empty if it cannot be parsed. */
    Optional<PolicyText> text() {
        try {
            return Optional.of(part == null ? PolicyText.of(content) : part);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** Reads the policy, of an AuditPolicy that which applies now. */
    PolicyFileReading read(KubernetesVersion version) {
        PolicyTextReader reader = new PolicyTextReader(version, readAt);
        return part == null ? reader.read(content) : reader.read(part);
    }

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
            return new Input(
                    isStandardInput(name) ? "standard input" : name,
                    content,
                    AuditPolicyCommand.now(spec),
                    null,
                    false);
        } catch (NoSuchFileException e) {
            throw new ParameterException(spec.commandLine(), "cannot read " + name + ": no such file", e);
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "cannot read " + name + ": " + reason(e), e);
        }
    }

    /** Without the path, with which these exceptions begin. */
    static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException _ -> "permission denied";
            case FileSystemException failed when failed.getReason() != null -> failed.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }

    static boolean isStandardInput(String name) {
        return name.equals(STANDARD_INPUT);
    }
}
