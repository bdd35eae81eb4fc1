package dev.auditpolicy.cli;

import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.read.LocatedProblem;
import dev.auditpolicy.policy.read.PolicyFileReading;
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
 * Where to find policies: a file, a directory with its subdirectories, or standard input.
 *
 * @param name as given on the command line
 */
record PolicySource(String name, CommandSpec spec) {

    private static final Pattern MANIFEST = Pattern.compile(".*\\.(ya?ml|json)");

    /**
     * One input for each policy, in a directory sorted by name. A file is read as a policy unless it is a stream of manifests.
     * In a directory or a stream, documents of other kinds are skipped.
     *
     * @throws ParameterException if a file can't be read, or a directory contains no policy
     * @throws InvalidInputException if a stream contains no policy
     */
    List<Input> policies() {
        return !Input.isStandardInput(name) && Files.isDirectory(Path.of(name)) ? inDirectory() : inFile();
    }

    private List<Input> inFile() {
        Manifests manifests = Manifests.of(Input.read(name, spec));
        List<Input> policies = manifests.policies();
        if (policies.isEmpty()) {
            throw new InvalidInputException(name + ": none of the " + manifests.count()
                    + " documents is or contains an AuditPolicy or an" + " audit.k8s.io Policy");
        }
        return policies;
    }

    private List<Input> inDirectory() {
        List<Input> policies = manifests().stream()
                .map(path -> Input.read(path.toString(), spec))
                .map(Manifests::of)
                .flatMap(manifests -> {
                    manifests.unreadable().forEach(this::warn);
                    return manifests.policiesIfAny().stream();
                })
                .toList();
        if (policies.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "no policy in directory " + name + ": no *.yaml, *.yml or *.json file contains an AuditPolicy or an"
                            + " audit.k8s.io Policy");
        }
        return policies;
    }

    /** It may be a template. */
    private void warn(Input unreadable) {
        PolicyFileReading reading = unreadable.read(KubernetesVersion.NEWEST_KNOWN);
        if (reading instanceof PolicyFileReading.InvalidFile invalid) {
            LocatedProblem first = invalid.problems().getFirst();
            spec.commandLine()
                    .getErr()
                    .println(unreadable.name() + ":" + first.position().line()
                            + ": warning: skipped, because it is neither"
                            + " YAML nor JSON: "
                            + SourceLines.printable(first.problem().message()));
        }
    }

    private List<Path> manifests() {
        try (Stream<Path> paths = Files.walk(Path.of(name))) {
            return paths.filter(path -> MANIFEST.matcher(path.toString()).matches() && Files.isRegularFile(path))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new ParameterException(spec.commandLine(), "cannot read " + name + ": " + e.getMessage(), e);
        }
    }
}
