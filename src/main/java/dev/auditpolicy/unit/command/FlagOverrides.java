package dev.auditpolicy.unit.command;

import dev.auditpolicy.manifest.flags.EffectiveFlags;
import dev.auditpolicy.manifest.flags.ManifestProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Values with which flags in a variable mean nothing. kube-apiserver takes the last value of a flag, and an empty path turns a
 * backend off, with all of its flags unread ({@code enabled()} in kubernetes/apiserver {@code pkg/server/options/audit.go}).
 *
 * @param values by name
 * @param problems flags that no value turns off
 */
public record FlagOverrides(Map<String, String> values, List<ManifestProblem> problems) {

    private static final Map<String, String> SWITCHES =
            Map.of("audit-log-", "audit-log-path", "audit-webhook-", "audit-webhook-config-file");

    /**
     * What turns them off.
     *
     * @param foreign the flags in variables
     * @param ours all of our flags, which come last anyway
     */
    public static FlagOverrides of(Map<String, String> foreign, Map<String, String> ours) {
        var values = new TreeMap<String, String>();
        var problems = new ArrayList<ManifestProblem>();
        foreign.forEach((name, value) -> {
            var isOff = SWITCHES.entrySet().stream()
                    .anyMatch(backend -> name.startsWith(backend.getKey()) && !ours.containsKey(backend.getValue()));
            if (ours.containsKey(name)) {
                return;
            }
            if (SWITCHES.containsValue(name)) {
                values.put(name, "");
            } else if (!isOff) {
                EffectiveFlags.defaultValue(name)
                        .ifPresentOrElse(
                                standard -> values.put(name, standard),
                                () -> problems.add(new ManifestProblem(
                                        "--" + name,
                                        value,
                                        "stands in a variable of the unit, and the operator knows no value that turns it"
                                                + " off: remove it there")));
            }
        });
        return new FlagOverrides(values, problems);
    }
}
