package dev.auditpolicy.cli;

import dev.auditpolicy.cli.apiserver.ApiServerPod;
import dev.auditpolicy.policy.PolicyProblem;
import dev.auditpolicy.policy.tree.Position;
import java.io.PrintWriter;
import java.util.Optional;

/**
 * Reports what a manifest has that an AuditPolicy cannot have, with the line of the flag.
 *
 * @param file the name of the manifest
 */
record ManifestNotes(String file, ApiServerPod pod, PrintWriter err) {

    /**
     * Writes a message about a flag, and the fix if it has one.
     *
     * @param problem its path is the flag with dashes
     */
    void report(String severity, PolicyProblem problem) {
        Position position = Optional.ofNullable(pod.flags().get(problem.path().substring(2)))
                .map(ApiServerPod.Flag::position)
                .orElse(Position.UNKNOWN);
        String place = position.line() == 0 ? file : file + ":" + position.line() + ":" + position.column();
        err.println(place + ": " + severity + ": " + SourceLines.printable(problem.path() + ": " + problem.message()));
        if (!problem.remedy().isEmpty()) {
            err.println("  fix: " + SourceLines.printable(problem.remedy()));
        }
    }
}
