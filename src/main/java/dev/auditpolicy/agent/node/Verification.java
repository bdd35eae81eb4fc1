package dev.auditpolicy.agent.node;

import dev.auditpolicy.host.log.LogFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * How the live kube-apiserver differs from the desired configuration. It is derived from the process, not from files: files
 * describe what the next process will run.
 *
 * @param process differences of the newest process, which only a restart resolves
 * @param service why the process does not serve, regardless of its configuration
 */
public record Verification(List<String> process, List<String> service) {

    public Verification {
        process = List.copyOf(process);
        service = List.copyOf(service);
    }

    public static Verification of(Optional<String> policy, Map<String, String> flags, NodeSnapshot snapshot) {
        return snapshot.newest()
                .map(newest -> new Verification(
                        differences(policy, flags, snapshot, newest.flags().audit()), service(snapshot)))
                .orElseGet(() ->
                        new Verification(List.of(), List.of("no kube-apiserver static pod is running on this node")));
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
            Optional<String> policy, Map<String, String> flags, NodeSnapshot snapshot, Map<String, String> live) {
        var differences = new ArrayList<String>();
        var names = new TreeSet<>(live.keySet());
        names.addAll(flags.keySet());
        for (var name : names) {
            if (!Optional.ofNullable(flags.get(name)).equals(Optional.ofNullable(live.get(name)))) {
                differences.add(
                        "the live kube-apiserver has " + describe(name, live) + " instead of " + describe(name, flags));
            }
        }
        if (!snapshot.mountedPolicy().equals(policy)) {
            differences.add("the live kube-apiserver was not started with the desired policy file");
        }
        switch (snapshot.log()) {
            case LogFile.Lost(String reason) -> differences.add(reason);
            case LogFile.InPlace _, LogFile.NotOpen _, LogFile.ReadOnly _ -> {}
        }
        return differences;
    }

    private static List<String> service(NodeSnapshot snapshot) {
        var problems = new ArrayList<String>();
        if (snapshot.processes().size() > 1) {
            problems.add("the previous kube-apiserver is still running");
        }
        snapshot.notReady()
                .ifPresent(reason ->
                        problems.add("kube-apiserver does not answer /readyz with status 200 (" + reason + ")"));
        switch (snapshot.log()) {
            case LogFile.ReadOnly(String mountPoint) ->
                problems.add("the live kube-apiserver cannot write its audit log: the file system at " + mountPoint
                        + " is mounted read-only");
            case LogFile.InPlace _, LogFile.NotOpen _, LogFile.Lost _ -> {}
        }
        return problems;
    }

    private static String describe(String name, Map<String, String> flags) {
        return flags.containsKey(name) ? "--" + name + "=" + flags.get(name) : "no --" + name;
    }
}
