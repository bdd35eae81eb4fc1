package dev.auditpolicy.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The texts that a command reads. */
final class InputFiles {

    private static final Pattern MANIFEST = Pattern.compile(".*\\.(ya?ml|json)");
    private static final Pattern POLICY =
            Pattern.compile("(?m)^\\s*[\"']?kind[\"']?:\\s*[\"']?(AuditPolicy|Policy)\\b");
    private static final Pattern GROUP = Pattern.compile("audit\\.k8s\\.io|auditpolicy\\.dev");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "Policy files, AuditPolicies, or manifests with AuditPolicies among them. Of a directory,"
                    + " everything below it that says it is one of these; - is standard input.")
    private List<String> files;

    /**
     * Reads them, directories in the order of names.
     *
     * @throws ParameterException if one can't be read, or a directory has no policy
     */
    List<Input> read() {
        return files.stream().flatMap(this::read).toList();
    }

    private Stream<Input> read(String name) {
        if (name.equals("-") || !Files.isDirectory(Path.of(name))) {
            return Stream.of(Input.read(name, command));
        }
        List<Input> inputs = manifests(Path.of(name)).stream()
                .map(path -> Input.read(path.toString(), command))
                .filter(InputFiles::isPolicy)
                .toList();
        if (inputs.isEmpty()) {
            throw new ParameterException(command.commandLine(), "no policy in directory " + name);
        }
        return inputs.stream();
    }

    private List<Path> manifests(Path directory) {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(path -> MANIFEST.matcher(path.toString()).matches() && Files.isRegularFile(path))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new ParameterException(command.commandLine(), "cannot read " + directory + ": " + e.getMessage(), e);
        }
    }

    private static boolean isPolicy(Input input) {
        String text = new String(input.content(), StandardCharsets.UTF_8);
        return POLICY.matcher(text).find() && GROUP.matcher(text).find();
    }
}
