package dev.auditpolicy.policy.lint.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the table that {@code kubectl api-resources} prints, with or without {@code -o wide}. The table has no
 * subresources: those of built-in resources are known, and a custom resource can have {@code status} and {@code scale}.
 */
final class ResourceTable {

    private static final Pattern HEADER = Pattern.compile("NAME\\s+SHORTNAMES\\s+API(VERSION|GROUP)\\s.*");
    private static final Pattern ROW = Pattern.compile(
            "(?<name>[a-z0-9.-]+)\\s+(\\S+\\s+)?(?<version>\\S*v\\d\\S*)\\s+(?<namespaced>true|false)\\s+[A-Z]\\w*"
                    + "(\\s+\\[?(?<verbs>[a-z]+([, ][a-z]+)*)\\]?(\\s.*)?)?");

    private ResourceTable() {}

    /** The resources; empty if the text is not such a table. */
    static Optional<List<KnownResource>> read(String text) {
        List<String> lines =
                text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        var resources = new ArrayList<KnownResource>();
        for (var line : lines) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                resources.addAll(resources(row));
            } else if (!HEADER.matcher(line).matches()) {
                return Optional.empty();
            }
        }
        return resources.isEmpty() ? Optional.empty() : Optional.of(resources);
    }

    private static List<KnownResource> resources(Matcher row) {
        String version = row.group("version");
        String group = version.contains("/") ? version.substring(0, version.indexOf('/')) : "";
        boolean namespaced = row.group("namespaced").equals("true");
        String verbs = row.group("verbs");
        Set<String> supported =
                verbs == null ? Set.of() : Arrays.stream(verbs.split("[, ]")).collect(Collectors.toSet());
        String name = row.group("name");
        return Stream.concat(
                        Stream.of(new KnownResource(group, name, namespaced, supported)),
                        subresources(group, name).map(of -> new KnownResource(group, of, namespaced, Set.of())))
                .toList();
    }

    private static Stream<String> subresources(String group, String name) {
        return BuiltInApi.RESOURCES.find(group, name).isPresent()
                ? BuiltInApi.RESOURCES.names(group).stream().filter(known -> known.startsWith(name + "/"))
                : Stream.of(name + "/status", name + "/scale");
    }
}
