package dev.auditpolicy.agent;

import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What of the live kube-apiserver is not as wanted; nothing means proven. Asked of the process, never of files: a file
 * says what the next process will run.
 */
final class Verification {

    private Verification() {}

    static List<String> differences(AuditNodeSpec wanted, Map<String, String> wantedFlags, Snapshot seen) {
        var differences = new ArrayList<String>();
        if (seen.newest().isEmpty()) {
            return List.of("no kube-apiserver of a static pod is running");
        }
        if (seen.processes().size() > 1) {
            differences.add("the previous kube-apiserver is still running");
        }
        var live = new CommandLine(seen.newest().get().commandLine()).audit();
        var names = new TreeSet<>(live.keySet());
        names.addAll(wantedFlags.keySet());
        for (var name : names) {
            if (!wantedFlags.getOrDefault(name, "").equals(live.getOrDefault(name, ""))) {
                differences.add("the live kube-apiserver has " + flag(name, live) + " instead of "
                        + flag(name, wantedFlags));
            }
        }
        if (!seen.policySeen().equals(Optional.of(wanted.policy()))) {
            differences.add("the live kube-apiserver was not started with the wanted policy file");
        }
        if (!seen.ready()) {
            differences.add("the kube-apiserver does not answer /readyz with 200");
        }
        return List.copyOf(differences);
    }

    private static String flag(String name, Map<String, String> flags) {
        return flags.containsKey(name) ? "--" + name + "=" + flags.get(name) : "no --" + name;
    }
}
