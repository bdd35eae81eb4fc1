package dev.auditpolicy.unit;

import dev.auditpolicy.manifest.flags.ManifestProblem;
import dev.auditpolicy.unit.command.CommandWord;
import dev.auditpolicy.unit.command.UnitCommand;
import dev.auditpolicy.unit.syntax.ExecLine;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds why the command of a unit cannot be changed. */
final class CommandCheck {

    private static final String KUBE_APISERVER = "kube-apiserver";
    private static final Set<String> SHELLS =
            Set.of("sh", "ash", "bash", "dash", "ksh", "zsh", "busybox", "env", "nohup", "sudo", "su", "runuser");
    private static final int MAX_WORDS = 1000;

    private final UnitState state;
    private final UnitCommand command;
    private final List<ManifestProblem> problems = new ArrayList<>();

    private CommandCheck(UnitState state, ExecLine line) {
        this.state = state;
        this.command = UnitCommand.of(line);
    }

    static List<ManifestProblem> check(UnitState state, List<ExecLine> commands) {
        if (commands.size() != 1) {
            return List.of(new ManifestProblem(
                    field(state),
                    commands.size() + " commands",
                    "must be one, kube-apiserver: move others to ExecStartPre= or to units of their own"));
        }
        var check = new CommandCheck(state, commands.getFirst());
        check.program();
        if (check.problems.isEmpty()) {
            check.loaded();
            check.process();
            check.arguments();
        }
        return List.copyOf(check.problems);
    }

    static String field(UnitState state) {
        return state.report().id() + " ExecStart";
    }

    private void program() {
        var path = command.line().path();
        var name = path.substring(path.lastIndexOf('/') + 1);
        if (SHELLS.contains(name) || command.line().prefixes().contains("|")) {
            reject(
                    path,
                    "a shell or wrapper starts kube-apiserver, and what it makes of the flags cannot be told: start"
                            + " kube-apiserver itself, with each flag as a word. systemd expands ${VARIABLE} and"
                            + " EnvironmentFile= without a shell");
        } else if (!name.equals(KUBE_APISERVER)) {
            reject(
                    path,
                    "is not kube-apiserver: if it starts kube-apiserver, let ExecStart= do that itself, with each flag as a"
                            + " word; else name another unit");
        } else if (command.words().size() > MAX_WORDS) {
            reject(command.words().size() + " arguments", "must be at most " + MAX_WORDS);
        }
    }

    /** Without ours, what is loaded comes from the files that we have read. */
    private void loaded() {
        var loaded = state.report().service().execStart();
        if (!state.report().hasDropIn(state.path())
                && (loaded.size() != 1 || !loaded.getFirst().isLoadedFrom(command.line()))) {
            reject(
                    command.line().path(),
                    "systemd has loaded another command than the files of the unit have: run systemctl daemon-reload");
        }
    }

    private void process() {
        var name = new CommandWord(command.line().name(), false);
        state.live()
                .map(List::getFirst)
                .filter(called -> !name.mayBecome(called))
                .ifPresent(
                        called -> reject(
                                command.line().path(),
                                "the process that it has started is called " + called
                                        + ": if it is a script, let ExecStart= start"
                                        + " kube-apiserver itself, with each flag as a word; if the unit has changed, restart it"));
    }

    private void arguments() {
        var words = command.words();
        var values = new HashSet<Integer>();
        command.flags().all().stream().filter(flag -> flag.isSeparate()).forEach(flag -> values.add(flag.index() + 1));
        for (var index = 0; index < words.size(); index++) {
            var word = words.get(index);
            var isValue =
                    values.contains(index) || (index > 0 && words.get(index - 1).isOpaque());
            if (!isValue && word.raw().equals("--")) {
                reject("--", "arguments after it are not flags: remove it");
            } else if (!isValue && isPositional(word)) {
                reject(
                        word.raw(),
                        word.raw().equals("\\")
                                ? "is an argument, with which kube-apiserver does not start: two backslashes at the end of a"
                                        + " line continue nothing. Write one"
                                : "is not a flag, and kube-apiserver does not start with any other argument: remove it");
            }
        }
        for (var flag : command.auditFlags()) {
            if (flag.isSeparate() && command.valueOf(flag).isSplit()) {
                var value = command.valueOf(flag).raw();
                reject(
                        "--" + flag.name() + " " + value,
                        "becomes any number of arguments, so it cannot be taken out: write --" + flag.name() + "=${"
                                + value.substring(1) + "}");
            }
        }
    }

    /** kube-apiserver ignores an empty one. */
    private static boolean isPositional(CommandWord word) {
        return !word.isOpaque()
                && !word.raw().isEmpty()
                && (!word.raw().startsWith("-") || word.raw().equals("-"));
    }

    private void reject(String value, String message) {
        problems.add(new ManifestProblem(field(state), value, message));
    }
}
