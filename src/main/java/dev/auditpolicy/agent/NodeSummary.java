package dev.auditpolicy.agent;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.agent.node.NodeContext;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.host.file.Hold;
import dev.auditpolicy.host.file.JournalFile;
import dev.auditpolicy.host.log.LogFile;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.journal.Journal.OpenTurn;
import dev.auditpolicy.manifest.Flags;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What there is on the node, for a human who is on it while no API server answers. Changes nothing. */
public final class NodeSummary {

    private final NodeContext node;
    private final JournalFile journals;

    NodeSummary(NodeContext node, JournalFile journals) {
        this.node = requireNonNull(node, "node is null");
        this.journals = requireNonNull(journals, "journals is null");
    }

    /** Lines of "what: how it is". */
    public List<String> lines() throws IOException {
        var seen = node.observer().observe();
        var journal = journals.read();
        var lines = new ArrayList<String>();
        lines.add("hold: "
                + node.hold()
                        .reason()
                        .map(reason -> Hold.message(Hold.PATH, reason))
                        .orElse("none"));
        lines.add("turn: " + journal.openTurn().map(NodeSummary::turn).orElse("none under way"));
        lines.add("proven last: "
                + journal.lastProven().map(AuditNodeSpec::revision).orElse("nothing"));
        lines.add("kube-apiserver: " + seen.newest().map(NodeSummary::process).orElse("not running")
                + (seen.ready() ? ", ready" : ", not ready"));
        seen.newest()
                .map(process -> Flags.of(process.commandLine()).audit())
                .ifPresent(flags -> flags.forEach((name, value) -> lines.add("  --" + name + "=" + value)));
        if (seen.newest().isPresent()) {
            lines.add("policy file: "
                    + (seen.policySeen().equals(seen.policy().map(image -> image.text()))
                            ? "as the live kube-apiserver loaded it"
                            : "not the one that the live kube-apiserver loaded"));
            lines.add("audit log: " + log(seen.log()));
        }
        seen.busy().ifPresent(reason -> lines.add("busy: " + reason));
        return lines;
    }

    private static String log(LogFile file) {
        return switch (file) {
            case LogFile.InPlace _ -> "the file that the live kube-apiserver writes to is on disk";
            case LogFile.NotOpen _ -> "not open";
            case LogFile.Lost(String reason) -> "lost: " + reason;
            case LogFile.ReadOnly(String mountPoint) -> "cannot be written, " + mountPoint + " is mounted read-only";
        };
    }

    private static String turn(OpenTurn open) {
        var state = open.end()
                .map(end -> "ended " + end.result() + ", not reported yet: " + end.message())
                .or(() -> open.rollback().map(reason -> "rolling back: " + reason.message()))
                .orElse("applying");
        return open.turn().id() + " for revision " + open.turn().revision() + " since " + open.beganAt() + ", " + state;
    }

    private static String process(ApiServerProcess process) {
        return "pid " + process.pid() + " since " + process.startedAt();
    }
}
