package dev.auditpolicy.cli.apiserver;

import dev.auditpolicy.policy.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The arguments of kube-apiserver in the command of a container: directly, behind a wrapper, or in a line of a shell. */
final class ApiServerCommand {

    private static final String KUBE_APISERVER = "kube-apiserver";

    /** hyperkube contained all components, and still does in OpenShift. */
    private static final Set<String> IN_HYPERKUBE = Set.of(KUBE_APISERVER, "apiserver");

    private static final Set<String> SHELLS = Set.of("sh", "bash", "ash", "dash");

    private ApiServerCommand() {}

    /** The arguments after the program; empty if the container does not run kube-apiserver. */
    static Optional<List<Argument>> of(Tree container) {
        Environment environment = Environment.of(container);
        List<Argument> command = new ArrayList<>();
        for (String field : List.of("command", "args")) {
            Trees.items(container, field).forEach(item -> text(item)
                    .ifPresent(text -> command.add(new Argument(environment.expand(text), item.position()))));
        }
        if (command.isEmpty()) {
            return Optional.empty();
        }
        return SHELLS.contains(basename(command.getFirst().text()))
                ? command.stream()
                        .flatMap(line -> afterProgram(ShellWords.of(line)).stream())
                        .findFirst()
                : afterProgram(command);
    }

    /** A wrapper's own flags may precede the program. */
    private static Optional<List<Argument>> afterProgram(List<Argument> words) {
        for (int index = 0; index < words.size(); index++) {
            String name = basename(words.get(index).text());
            if (name.equals(KUBE_APISERVER)) {
                return Optional.of(words.subList(index + 1, words.size()));
            }
            if (name.startsWith("hyperkube")
                    && index + 1 < words.size()
                    && IN_HYPERKUBE.contains(words.get(index + 1).text())) {
                return Optional.of(words.subList(index + 2, words.size()));
            }
        }
        return Optional.empty();
    }

    /** kubelet rejects a number, but templates contain some. */
    private static Optional<String> text(Tree item) {
        return switch (item) {
            case Tree.Text text -> Optional.of(text.value());
            case Tree.Numeral number -> Optional.of(number.literal());
            case Tree.Bool bool -> Optional.of(String.valueOf(bool.value()));
            case Tree.Null _, Tree.Items _, Tree.Fields _ -> Optional.empty();
        };
    }

    private static String basename(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
