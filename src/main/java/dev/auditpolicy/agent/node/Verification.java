package dev.auditpolicy.agent.node;

import dev.auditpolicy.host.log.LogFile;
import dev.auditpolicy.manifest.flags.Flags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What of the live kube-apiserver is not as wanted. Asked of the process, never of files: a file says what the next
 * process will run.
 *
 * @param process what is wrong with the newest process itself; it takes a restart to change that
 * @param service why the process, right or wrong, is not in service
 */
public record Verification(List<String> process, List<String> service) {

    public Verification {
        process = List.copyOf(process);
        service = List.copyOf(service);
    }

    public static Verification of(Optional<String> policy, Map<String, String> flags, NodeSnapshot seen) {
        return seen.newest()
                .map(newest -> new Verification(
                        differences(policy, flags, seen, newest.flags().audit()), service(seen)))
                .orElseGet(() -> new Verification(
                        List.of(), List.of("no kube-apiserver of a static pod is running on this node")));
    }

    public boolean proven() {
        return process.isEmpty() && service.isEmpty();
    }

    public List<String> all() {
        var all = new ArrayList<>(process);
        all.addAll(service);
        return all;
    }

    private static List<String> differences(
            Optional<String> policy, Map<String, String> flags, NodeSnapshot seen, Map<String, String> live) {
        var differences = new ArrayList<String>();
        var names = new TreeSet<>(live.keySet());
        names.addAll(flags.keySet());
        for (var name : names) {
            if (!Optional.ofNullable(flags.get(name)).equals(Optional.ofNullable(live.get(name)))) {
                differences.add(
                        "the live kube-apiserver has " + shown(name, live) + " instead of " + shown(name, flags));
            }
        }
        if (!seen.mountedPolicy().equals(policy)) {
            differences.add("the live kube-apiserver was not started with the wanted policy file");
        }
        switch (seen.log()) {
            case LogFile.Lost(String reason) -> differences.add(reason);
            case LogFile.InPlace _, LogFile.NotOpen _, LogFile.ReadOnly _ -> {}
        }
        return differences;
    }

    private static List<String> service(NodeSnapshot seen) {
        var problems = new ArrayList<String>();
        if (seen.processes().size() > 1) {
            problems.add("the previous kube-apiserver is still running");
        }
        if (!seen.ready()) {
            problems.add("the kube-apiserver does not answer /readyz with 200");
        }
        switch (seen.log()) {
            case LogFile.ReadOnly(String mountPoint) ->
                problems.add("the live kube-apiserver cannot write its audit log: the file system at " + mountPoint
                        + " is mounted read-only");
            case LogFile.InPlace _, LogFile.NotOpen _, LogFile.Lost _ -> {}
        }
        return problems;
    }

    private static String shown(String name, Map<String, String> flags) {
        return flags.containsKey(name) ? "--" + name + "=" + flags.get(name) : "no --" + name;
    }
}
