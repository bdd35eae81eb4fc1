package dev.auditpolicy.unit;

import dev.auditpolicy.manifest.flags.ManifestProblem;
import dev.auditpolicy.unit.command.DropIn;
import dev.auditpolicy.unit.command.DropInText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds why a unit, whatever its command is, cannot be changed. */
final class UnitCheck {

    /** kube-apiserver neither forks nor ends. It reports its start to {@code notify}. */
    private static final Set<String> TYPES = Set.of("simple", "exec", "idle", "notify", "notify-reload");

    private static final String WRITE_UNIT = ": write a unit file for kube-apiserver to /etc/systemd/system";

    private final UnitReport report;
    private final List<ManifestProblem> problems = new ArrayList<>();

    private UnitCheck(UnitReport report) {
        this.report = report;
    }

    static List<ManifestProblem> check(UnitState state) {
        var check = new UnitCheck(state.report());
        if (!state.report().isLoaded()) {
            check.loadState();
            return List.copyOf(check.problems);
        }
        check.origin();
        check.service();
        check.dropIns(state);
        return List.copyOf(check.problems);
    }

    private void loadState() {
        reject(
                "LoadState",
                report.loadState(),
                switch (report.loadState()) {
                    case "not-found" -> "systemd has no such unit: name the unit that runs kube-apiserver";
                    case "masked" -> "systemd would not start it again: run systemctl unmask";
                    default ->
                        "systemd would not start it again: correct what systemctl status names, then run systemctl"
                                + " daemon-reload";
                });
    }

    private void origin() {
        if (report.id().contains("@")) {
            reject(
                    "",
                    "",
                    "is an instance of a template, of which a host can run several: run kube-apiserver from a unit without"
                            + " '@' in its name");
        }
        if (!report.sourcePath().isEmpty() || report.fragmentPath().isEmpty()) {
            reject("SourcePath", report.sourcePath(), "is generated and has no unit file" + WRITE_UNIT);
        } else if (report.fragmentPath().startsWith("/run/")) {
            reject(
                    "FragmentPath",
                    report.fragmentPath(),
                    "is generated or transient, and may be another after the next boot" + WRITE_UNIT);
        }
    }

    private void service() {
        var service = report.service();
        if (!TYPES.contains(service.type())) {
            reject(
                    "Type",
                    service.type(),
                    "does not fit kube-apiserver, which stays in the foreground: set Type=notify in the unit");
        }
        var root = service.rootDirectory().isEmpty() || service.rootDirectory().equals("/")
                ? service.rootImage()
                : service.rootDirectory();
        if (!root.isEmpty()) {
            reject(
                    service.rootImage().isEmpty() ? "RootDirectory" : "RootImage",
                    root,
                    "hides the host's files from kube-apiserver, among them the policy: run it without");
        }
    }

    private void dropIns(UnitState state) {
        for (var file : state.overriding()) {
            problems.add(new ManifestProblem(
                    file.path(),
                    "",
                    "sets ExecStart= and applies after " + state.path()
                            + ", which has no effect then: remove ExecStart=, or"
                            + " rename the file so that it sorts before " + DropIn.NAME));
        }
        if (state.present() instanceof DropInText.Foreign) {
            problems.add(new ManifestProblem(
                    state.path(),
                    "",
                    "is not written by the audit policy operator, which needs this name: rename the file"));
        }
        if (report.needDaemonReload()
                && state.present() instanceof DropInText.Absent
                && !report.hasDropIn(state.path())) {
            reject(
                    "NeedDaemonReload",
                    "yes",
                    "somebody has changed the unit, and the operator's restart would apply that: run systemctl daemon-reload, and"
                            + " restart kube-apiserver if the change is for now");
        }
    }

    private void reject(String property, String value, String message) {
        problems.add(new ManifestProblem((report.id() + " " + property).strip(), value, message));
    }
}
