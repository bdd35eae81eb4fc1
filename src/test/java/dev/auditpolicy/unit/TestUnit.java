package dev.auditpolicy.unit;

import dev.auditpolicy.unit.command.DropIn;
import dev.auditpolicy.unit.command.LoadedCommand;
import dev.auditpolicy.unit.syntax.ExecLine;
import dev.auditpolicy.unit.syntax.UnitSyntaxException;
import dev.auditpolicy.unit.syntax.UnitText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A host on which systemd has loaded a unit from its files and started it.
 *
 * @param unit the text of the unit's file
 * @param dropIns texts by name, without ours
 * @param ours the text of our drop-in
 * @param environment the variables
 */
record TestUnit(String unit, Map<String, String> dropIns, Optional<String> ours, Map<String, String> environment) {

    static final String NAME = "kube-apiserver.service";
    static final String DIRECTORY = "/etc/systemd/system/";
    static final Map<String, String> FLAGS = new TreeMap<>(Map.of(
            "audit-policy-file", "/etc/kubernetes/audit-policy.yaml",
            "audit-log-path", "/var/log/kubernetes/audit/audit.log",
            "audit-log-maxage", "30",
            "audit-log-maxbackup", "10",
            "audit-log-maxsize", "100"));

    static final Map<String, String> WEBHOOK_FLAGS = new TreeMap<>(Map.of(
            "audit-webhook-config-file", "/etc/kubernetes/audit-webhook/0123456789abcdef/kubeconfig",
            "audit-webhook-batch-max-wait", "5s"));

    static TestUnit of(String unit) {
        return new TestUnit(unit, Map.of(), Optional.empty(), Map.of());
    }

    /** A unit with this command. */
    static TestUnit running(String command) {
        return of("[Service]\nExecStart=" + command + "\n");
    }

    TestUnit with(Map<String, String> variables) {
        return new TestUnit(unit, dropIns, ours, variables);
    }

    TestUnit with(String name, String text) {
        var all = new TreeMap<>(dropIns);
        all.put(name, text);
        return new TestUnit(unit, all, ours, environment);
    }

    TestUnit withOurs(String text) {
        return new TestUnit(unit, dropIns, Optional.of(text), environment);
    }

    TestUnit replacedBy(String text) {
        return new TestUnit(text, dropIns, ours, environment);
    }

    /** The unit with what a plan writes. */
    TestUnit planned(boolean takesOver) {
        return withOurs(((UnitPlan.Written) new UnitPlanner().plan(state(), FLAGS, takesOver)).text());
    }

    /** After a reload and a restart. */
    UnitState state() {
        return new UnitState(
                report(), files(), ours, loadState().equals("loaded") ? Optional.of(live()) : Optional.empty());
    }

    /** The same state with the process of {@code started}. */
    UnitState stateWithProcessOf(TestUnit started) {
        return new UnitState(report(), files(), ours, Optional.of(started.live()));
    }

    List<String> live() {
        return Expansion.of(commands().getLast(), environment);
    }

    UnitReport report() {
        var paths = applied().stream().skip(1).map(UnitFile::path).toList();
        return new UnitReport(NAME, loadState(), DIRECTORY + NAME, "", paths, false, service());
    }

    private UnitReport.Service service() {
        var loaded = commands().stream()
                .map(line -> new LoadedCommand(line.path(), Expansion.loaded(line), flags(line.prefixes())))
                .toList();
        return new UnitReport.Service(type(), loaded, List.of("/etc/kubernetes/apiserver"), "", "", sandbox());
    }

    /** As systemd reads it: a later value of ProtectSystem= replaces an earlier one, paths are added. */
    private UnitSandbox sandbox() {
        var protect = UnitText.parse(unit).values("Service", "ProtectSystem");
        return new UnitSandbox(
                protect.isEmpty() ? "no" : protect.getLast(),
                UnitText.parse(unit).values("Service", "ReadOnlyPaths"),
                List.of(),
                UnitText.parse(unit).values("Service", "ReadWritePaths"));
    }

    private static Set<String> flags(String prefixes) {
        var flags = new TreeSet<String>();
        if (prefixes.contains("-")) {
            flags.add("ignore-failure");
        }
        if (prefixes.contains(":")) {
            flags.add("no-env-expand");
        }
        return flags;
    }

    private String type() {
        var types = UnitText.parse(unit).values("Service", "Type");
        return types.isEmpty() ? "simple" : types.getLast();
    }

    private String loadState() {
        var commands = commands().size();
        return commands == 1 || (commands > 1 && type().equals("oneshot")) ? "loaded" : "bad-setting";
    }

    private List<ExecLine> commands() {
        try {
            return UnitFile.commands(applied());
        } catch (UnitSyntaxException invalid) {
            return List.of();
        }
    }

    private List<UnitFile> files() {
        return applied().stream()
                .filter(file -> !file.path().endsWith("/" + DropIn.NAME))
                .toList();
    }

    private List<UnitFile> applied() {
        var sorted = new TreeMap<>(dropIns);
        ours.ifPresent(text -> sorted.put(DropIn.NAME, text));
        var files = new ArrayList<UnitFile>();
        files.add(new UnitFile(DIRECTORY + NAME, unit));
        sorted.forEach((name, text) -> files.add(new UnitFile(DIRECTORY + NAME + ".d/" + name, text)));
        return files;
    }

    /** All its files by their path below the directory of units, as they are on a disk. */
    Map<String, String> onDisk() {
        var all = new TreeMap<String, String>();
        applied().forEach(file -> all.put(file.path().substring(DIRECTORY.length()), file.text()));
        return all;
    }
}
