package dev.auditpolicy.policy.lint.cluster;

import dev.auditpolicy.policy.Nearest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the resource that a kind, a singular or one of kubectl's short names stands for. */
public final class ResourceNames {

    private static final Map<String, String> SHORT_NAMES = Map.ofEntries(
            Map.entry("cm", "configmaps"),
            Map.entry("ep", "endpoints"),
            Map.entry("ev", "events"),
            Map.entry("limits", "limitranges"),
            Map.entry("ns", "namespaces"),
            Map.entry("no", "nodes"),
            Map.entry("pvc", "persistentvolumeclaims"),
            Map.entry("pv", "persistentvolumes"),
            Map.entry("po", "pods"),
            Map.entry("rc", "replicationcontrollers"),
            Map.entry("quota", "resourcequotas"),
            Map.entry("sa", "serviceaccounts"),
            Map.entry("svc", "services"),
            Map.entry("crd", "customresourcedefinitions"),
            Map.entry("crds", "customresourcedefinitions"),
            Map.entry("ds", "daemonsets"),
            Map.entry("deploy", "deployments"),
            Map.entry("rs", "replicasets"),
            Map.entry("sts", "statefulsets"),
            Map.entry("hpa", "horizontalpodautoscalers"),
            Map.entry("cj", "cronjobs"),
            Map.entry("csr", "certificatesigningrequests"),
            Map.entry("ing", "ingresses"),
            Map.entry("netpol", "networkpolicies"),
            Map.entry("pdb", "poddisruptionbudgets"),
            Map.entry("pc", "priorityclasses"),
            Map.entry("sc", "storageclasses"));

    private static final Pattern VERSION = Pattern.compile("v\\d+((alpha|beta)\\d+)?");

    private final Discovery resources;

    public ResourceNames(Discovery resources) {
        this.resources = resources;
    }

    /** The resource of that group that the written name stands for; the spelling of a subresource may differ slightly. */
    public Optional<String> meant(String group, String written) {
        return candidates(written)
                .filter(name -> resources.find(group, name).isPresent())
                .findFirst();
    }

    /** The name in that group with the nearest spelling; in a subresource, the part before the slash must be right. */
    public Optional<String> nearest(String group, String written) {
        String parent = written.substring(0, written.indexOf('/') + 1);
        List<String> names = resources.names(group).stream()
                .filter(name -> name.startsWith(parent))
                .map(name -> name.substring(parent.length()))
                .filter(name -> !name.contains("/"))
                .sorted()
                .toList();
        return Nearest.bySpelling(written.substring(parent.length()), names).map(parent::concat);
    }

    /** The groups that have the resource that the written name stands for. */
    public List<String> groupsWith(String written) {
        return candidates(written)
                .map(resources::groupsWith)
                .filter(groups -> !groups.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    /** Its name in the groups that have it. */
    public String nameInOtherGroups(String written) {
        return candidates(written)
                .filter(name -> !resources.groupsWith(name).isEmpty())
                .findFirst()
                .orElse(written);
    }

    /** The names of all groups, with subresources. */
    public List<String> all() {
        return resources.groups().stream()
                .flatMap(group -> resources.names(group).stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** Whether the word before a slash is a version or the group of the resource after it, as in {@code v1/pods}. */
    public boolean isVersionOrGroup(String word, String resource) {
        return VERSION.matcher(word).matches()
                || ((word.equals("core") || word.equals("api"))
                        && resources.groupsWith(word).isEmpty())
                || (resources.groups().contains(word)
                        && candidates(resource)
                                .anyMatch(name -> resources.find(word, name).isPresent()));
    }

    private static Stream<String> candidates(String written) {
        String lower = written.toLowerCase(Locale.ROOT);
        int slash = lower.indexOf('/');
        if (slash < 0) {
            return plurals(lower);
        }
        String subresource = lower.substring(slash + 1);
        return plurals(lower.substring(0, slash)).flatMap(parent -> Stream.of(
                        subresource,
                        subresource + "s",
                        subresource.replaceFirst("s$", ""),
                        subresource.replace("-", ""))
                .map(name -> parent + "/" + name));
    }

    private static Stream<String> plurals(String lower) {
        return Stream.of(
                lower,
                SHORT_NAMES.getOrDefault(lower, lower),
                lower + "s",
                lower + "es",
                lower.replaceFirst("y$", "ies"),
                lower.replaceFirst("s$", ""),
                lower.replaceFirst("ys$", "ies"),
                lower.replaceFirst("ss$", "sses"),
                lower.replace("-", ""),
                lower.replace("-", "") + "s");
    }
}
