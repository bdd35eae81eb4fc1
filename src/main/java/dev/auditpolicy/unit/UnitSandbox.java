package dev.auditpolicy.unit;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a unit may write, by systemd.exec(5): of the paths that contain a file, the longest decides.
 *
 * @param protectSystem {@code ProtectSystem=}; {@code strict} makes everything read-only
 * @param readOnly {@code ReadOnlyPaths=}
 * @param inaccessible {@code InaccessiblePaths=}
 * @param writable {@code ReadWritePaths=}, and the directories that systemd makes for the unit, such as {@code LogsDirectory=}
 */
public record UnitSandbox(
        String protectSystem, List<String> readOnly, List<String> inaccessible, List<String> writable) {

    /** That of a unit without restrictions. */
    public static final UnitSandbox NONE = new UnitSandbox("no", List.of(), List.of(), List.of());

    private static final String STRICT = "strict";

    private record Rule(String path, boolean isWritable, String setting) {

        boolean contains(String file) {
            return path.equals("/") || file.equals(path) || file.startsWith(path + "/");
        }
    }

    public UnitSandbox {
        readOnly = plain(readOnly);
        inaccessible = plain(inaccessible);
        writable = plain(writable);
    }

    /** Without the prefixes for "if it exists" and "below the root directory". */
    private static List<String> plain(List<String> paths) {
        return paths.stream()
                .map(path -> path.replaceFirst("^[-+]*", ""))
                .map(path -> path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path)
                .toList();
    }

    /** The setting that keeps the unit from writing {@code file}; empty if none does. Where two are as long, it may. */
    Optional<String> forbids(String file) {
        return rules().filter(rule -> rule.contains(file))
                .max(Comparator.comparingInt((Rule rule) -> rule.path().length())
                        .thenComparing(Rule::isWritable))
                .filter(rule -> !rule.isWritable())
                .map(Rule::setting);
    }

    private Stream<Rule> rules() {
        return Stream.of(
                        Stream.of(STRICT)
                                .filter(protectSystem::equals)
                                .map(_ -> new Rule("/", false, "ProtectSystem=" + STRICT)),
                        rules(readOnly, "ReadOnlyPaths="),
                        rules(inaccessible, "InaccessiblePaths="),
                        writable.stream().map(path -> new Rule(path, true, "")))
                .flatMap(rules -> rules);
    }

    private static Stream<Rule> rules(List<String> paths, String setting) {
        return paths.stream().map(path -> new Rule(path, false, setting + path));
    }
}
