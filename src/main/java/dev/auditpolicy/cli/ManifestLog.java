package dev.auditpolicy.cli;

import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.cli.apiserver.ApiServerPod;
import dev.auditpolicy.cli.apiserver.HostFile;
import dev.auditpolicy.cli.flags.FieldFlags;
import dev.auditpolicy.cli.flags.LogFlags;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.PolicyProblem;
import dev.auditpolicy.policy.Quoted;
import dev.auditpolicy.policy.schema.AuditPolicyCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Converts the audit flags of a kube-apiserver to {@code spec.log}. */
final class ManifestLog {

    private static final String PATH = "audit-log-path";

    private static final Set<String> STANDARD_OUTPUT = Set.of("-", "/dev/stdout", "/dev/stderr");

    /** OpenShift's file with the settings of kube-apiserver. */
    private static final String CONFIG = "openshift-config";

    private final ApiServerPod pod;
    private final ManifestNotes notes;
    private final boolean lenient;
    private final Map<String, String> flags = new TreeMap<>();

    ManifestLog(ApiServerPod pod, ManifestNotes notes, boolean lenient) {
        this.pod = pod;
        this.notes = notes;
        this.lenient = lenient;
        pod.flags().forEach((name, flag) -> flags.put(name, flag.value()));
    }

    /**
     * The log settings. Reports each flag that cannot be converted and, if lenient, drops it.
     *
     * @param version empty if it is unknown
     * @param path the path to use instead of that of the manifest; null for that
     * @return empty if there are such flags and it is not lenient
     */
    Optional<LogBackend> read(Optional<KubernetesVersion> version, @Nullable String path) {
        List<PolicyProblem> problems = new ArrayList<>();
        if (flags.containsKey(CONFIG)) {
            notes.report(
                    "warning",
                    new PolicyProblem(
                            "--" + CONFIG, "", "the audit settings in this file are not read: only flags are", ""));
        }
        String ofContainer = flags.getOrDefault(PATH, "");
        if (path == null && !ofContainer.isEmpty()) {
            problems.addAll(onHost(ofContainer));
        }
        LogFlags.Reading reading = LogFlags.of(flags, version, path);
        problems.addAll(reading.problems());
        if (problems.stream().noneMatch(problem -> problem.path().equals("--" + PATH))) {
            problems.addAll(beyondLimits(reading.log()));
        }
        problems.forEach(problem -> notes.report(lenient ? "warning" : "error", problem));
        if (problems.isEmpty()) {
            return Optional.of(reading.log());
        }
        if (!lenient) {
            return Optional.empty();
        }
        flags.remove(CONFIG);
        problems.forEach(problem -> flags.remove(problem.path().substring(2)));
        return read(
                version.or(() -> Optional.of(KubernetesVersion.NEWEST_KNOWN)),
                reading.log().path());
    }

    private Stream<PolicyProblem> noHostFile(String path, String message) {
        return Stream.of(new PolicyProblem(
                "--" + PATH,
                path,
                Quoted.go(path) + " " + message,
                "pass --log-path with a file in a directory of its own under /var/log, such as "
                        + FieldFlags.DEFAULT_PATH));
    }

    /** Replaces the path in the container with that on the host. */
    private List<PolicyProblem> onHost(String path) {
        if (STANDARD_OUTPUT.contains(path)) {
            return noHostFile(
                            path,
                            "is the standard output of the container, which everyone who may read the logs of"
                                    + " Pods can read; the operator writes only to a file of the host")
                    .toList();
        }
        if (!path.startsWith("/")) {
            return noHostFile(path, "is not an absolute path").toList();
        }
        return switch (pod.onHost(path)) {
            case HostFile.InContainer _ -> {
                notes.report(
                        "warning",
                        new PolicyProblem(
                                "--" + PATH,
                                path,
                                "no volume is mounted there, so the log is lost with the container; the operator writes it to"
                                        + " the same path of the host",
                                ""));
                yield List.of();
            }
            case HostFile.Elsewhere elsewhere ->
                noHostFile(path, "is in the volume " + elsewhere.volume() + ", which is not a directory of the host")
                        .toList();
            case HostFile.OnHost file when file.isSamePathAs(path) -> List.of();
            case HostFile.OnHost file
            when file.overlapsWithItself() ->
                List.of(new PolicyProblem(
                        "--" + PATH,
                        path,
                        Quoted.go(path) + " is " + file.path() + " on the host, because the volume " + file.volume()
                                + " is mounted at " + file.mountPath()
                                + "; the operator mounts the directory of the log at its own path, which overlaps with that",
                        "remove this mount and the audit flags from the manifest, as the operator requires, and pass"
                                + " --log-path with a file in a directory of its own under /var/log, such as "
                                + file.path()));
            case HostFile.OnHost file -> {
                flags.put(PATH, file.path());
                notes.report(
                        "note",
                        new PolicyProblem(
                                "--" + PATH,
                                path,
                                path + " is " + file.path() + " on the host (volume " + file.volume() + ")",
                                ""));
                yield List.of();
            }
        };
    }

    private List<PolicyProblem> beyondLimits(LogBackend log) {
        return FlagProblems.of(
                AuditPolicyCheck.checkLog(AuditPolicyWriter.tree(log)),
                flags,
                (flag, remedy) -> flag.equals(PATH)
                        ? "pass --log-path with a file in a directory of its own under /var/log, such as "
                                + FieldFlags.DEFAULT_PATH
                        : FlagProblems.orDrop(remedy));
    }
}
