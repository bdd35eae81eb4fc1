package dev.auditpolicy.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Where policies are looked for: a file, a directory with everything below it, or standard input.
 *
 * @param name as the user gave it
 */
record PolicySource(String name, CommandSpec command) {

    private static final Pattern MANIFEST = Pattern.compile(".*\\.(ya?ml|json)");

    /**
     * The texts with one policy each, of a directory in the order of names. A file is taken for a policy unless it is a
     * stream of manifests; in a directory and in a stream, what does not say that it is a policy is passed over.
     *
     * @throws ParameterException if something can't be read, or there is no policy in a directory or a stream
     */
    List<Input> policies() {
        return !Input.isStandardInput(name) && Files.isDirectory(Path.of(name)) ? inDirectory() : inText();
    }

    private List<Input> inText() {
        Manifests manifests = Manifests.of(Input.read(name, command));
        if (manifests.policies().isEmpty()) {
            throw new ParameterException(
                    command.commandLine(),
                    name + ": none of its " + manifests.count() + " documents is an AuditPolicy or a Policy of"
                            + " audit.k8s.io");
        }
        return manifests.policies();
    }

    private List<Input> inDirectory() {
        List<Input> policies = manifests().stream()
                .map(path -> Input.read(path.toString(), command))
                .flatMap(input -> Manifests.of(input).policiesIfAny().stream())
                .toList();
        if (policies.isEmpty()) {
            throw new ParameterException(
                    command.commandLine(),
                    "no policy in directory " + name + ": no *.yaml, *.yml or *.json in it holds an AuditPolicy or a"
                            + " Policy of audit.k8s.io");
        }
        return policies;
    }

    private List<Path> manifests() {
        try (Stream<Path> paths = Files.walk(Path.of(name))) {
            return paths.filter(path -> MANIFEST.matcher(path.toString()).matches() && Files.isRegularFile(path))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new ParameterException(command.commandLine(), "cannot read " + name + ": " + e.getMessage(), e);
        }
    }
}
