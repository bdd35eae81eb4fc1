package dev.auditpolicy.agent.node;

import dev.auditpolicy.host.log.LogFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * How the live kube-apiserver differs from the desired configuration. It is derived from the process, not from files: files
 * describe what the next process will run.
 *
 * @param configuration differences of the newest process, which only a restart resolves
 * @param log why its audit log does not reach the file on disk
 * @param service why the process does not serve, regardless of its configuration
 * @param logNeedsRestart whether a restart resolves {@code log}
 */
public record Verification(
        List<String> configuration, List<String> log, List<String> service, boolean logNeedsRestart) {

    public Verification {
        configuration = List.copyOf(configuration);
        log = List.copyOf(log);
        service = List.copyOf(service);
    }

    public static Verification of(Optional<String> policy, Map<String, String> flags, NodeSnapshot snapshot) {
        return snapshot.newest()
                .map(_ -> new Verification(
                        differences(policy, flags, snapshot, snapshot.auditFlags()),
                        log(snapshot),
                        service(snapshot),
                        snapshot.log() instanceof LogFile.Lost))
                .orElseGet(() -> new Verification(
                        List.of(), List.of(), List.of("no kube-apiserver is running on this node"), false));
    }

    /** Differences that only a restart resolves. */
    public List<String> process() {
        return logNeedsRestart ? concat(configuration, log) : configuration;
    }

    public boolean proven() {
        return configuration.isEmpty() && log.isEmpty() && service.isEmpty();
    }

    public List<String> all() {
        return concat(concat(configuration, service), log);
    }

    private static List<String> concat(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
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
        return differences;
    }

    private static List<String> log(NodeSnapshot snapshot) {
        return switch (snapshot.log()) {
            case LogFile.InPlace _, LogFile.NotOpen _ -> List.of();
            case LogFile.Lost(String reason) -> List.of(reason);
            case LogFile.NotWritable(String reason, String solution) -> List.of(reason + ": " + solution);
        };
    }

    private static List<String> service(NodeSnapshot snapshot) {
        var problems = new ArrayList<String>();
        if (snapshot.processes().size() > 1) {
            problems.add("the previous kube-apiserver is still running");
        }
        snapshot.notReady()
                .ifPresent(reason ->
                        problems.add("kube-apiserver does not answer /readyz with status 200 (" + reason + ")"));
        return problems;
    }

    private static String describe(String name, Map<String, String> flags) {
        return flags.containsKey(name) ? "--" + name + "=" + flags.get(name) : "no --" + name;
    }
}
