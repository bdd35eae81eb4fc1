package dev.auditpolicy.agent;

import dev.auditpolicy.agent.node.NodeContext;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.TurnOutcome;
import dev.auditpolicy.host.file.Hold;
import dev.auditpolicy.host.file.JournalFile;
import dev.auditpolicy.host.log.LogFile;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.journal.OpenTurn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Describes the state of the node without an API server, for an administrator on the node. Changes nothing. */
public final class NodeSummary {

    private final NodeContext node;
    private final JournalFile journals;

    NodeSummary(NodeContext node, JournalFile journals) {
        this.node = node;
        this.journals = journals;
    }

    /** Lines of the form "name: state". */
    public List<String> lines() throws IOException {
        var snapshot = node.observer().observe();
        var journal = journals.read();
        var lines = new ArrayList<String>();
        lines.add("hold: "
                + node.hold()
                        .reason()
                        .map(reason -> Hold.message(Hold.PATH, reason))
                        .orElse("none"));
        lines.add("turn: " + journal.openTurn().map(NodeSummary::turn).orElse("none"));
        lines.add("last verified revision: "
                + journal.lastProven().map(AuditNodeSpec::revision).orElse("none"));
        lines.add(
                "kube-apiserver: " + snapshot.newest().map(NodeSummary::process).orElse("not running")
                        + (snapshot.ready() ? ", ready" : ", not ready"));
        snapshot.newest()
                .map(process -> process.flags().audit())
                .ifPresent(flags -> flags.forEach((name, value) -> lines.add("  --" + name + "=" + value)));
        if (snapshot.newest().isPresent()) {
            lines.add("policy file: "
                    + (snapshot.mountedPolicy().equals(snapshot.policy().map(image -> image.text()))
                            ? "matches the file that the live kube-apiserver loaded"
                            : "differs from the file that the live kube-apiserver loaded"));
            lines.add("audit log: " + log(snapshot.log()));
        }
        snapshot.busy().ifPresent(reason -> lines.add("busy: " + reason));
        return lines;
    }

    private static String log(LogFile file) {
        return switch (file) {
            case LogFile.InPlace _ -> "in place";
            case LogFile.NotOpen _ -> "not open";
            case LogFile.Lost(String reason) -> "lost: " + reason;
            case LogFile.NotWritable(String reason, String solution) -> "lost: " + reason + ": " + solution;
        };
    }

    private static String turn(OpenTurn open) {
        var state = open.end()
                .map(NodeSummary::end)
                .or(() -> open.rollback().map(reason -> "rolling back: " + reason.message()))
                .orElse("applying the change");
        return open.turn().id() + " for revision " + open.turn().revision() + " since " + open.beganAt() + ", " + state;
    }

    private static String end(TurnOutcome end) {
        var result =
                switch (end.result()) {
                    case EFFECTIVE -> "the revision is verified";
                    case ROLLED_BACK -> "rolled back";
                    case FAILED -> "failed";
                    case ABANDONED -> "abandoned, nothing was changed";
                };
        return "ended: " + result + (end.message().isEmpty() ? "" : ": " + end.message())
                + " (not yet reported to an API server)";
    }

    private static String process(ApiServerProcess process) {
        return "pid " + process.pid() + " since " + process.startedAt();
    }
}
