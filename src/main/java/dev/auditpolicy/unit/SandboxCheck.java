package dev.auditpolicy.unit;

import dev.auditpolicy.manifest.flags.ManifestProblem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds a log that the unit may not write. kube-apiserver would end at its start, "ensureLogFile: read-only file system", with the old
 * configuration as with the new one if both log there.
 */
final class SandboxCheck {

    private static final String LOGS = "/var/log/";

    private SandboxCheck() {}

    static List<ManifestProblem> check(UnitReport report, Map<String, String> flags) {
        return Optional.ofNullable(flags.get("audit-log-path"))
                .filter(path -> path.startsWith("/"))
                .flatMap(
                        path -> report.service().sandbox().forbids(path).map(setting -> problem(report, setting, path)))
                .stream()
                .toList();
    }

    private static ManifestProblem problem(UnitReport report, String setting, String path) {
        var directory = String.valueOf(Path.of(path).getParent());
        var logs = directory.startsWith(LOGS) ? ", or LogsDirectory=" + directory.substring(LOGS.length()) : "";
        return new ManifestProblem(
                report.id(),
                setting,
                "does not let kube-apiserver write " + path + ", so it would not start: add ReadWritePaths=" + directory
                        + logs + " to a drop-in of the unit, and run systemctl daemon-reload");
    }
}
