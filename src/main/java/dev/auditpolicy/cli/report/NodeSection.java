package dev.auditpolicy.cli.report;

import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.Canary;
import dev.auditpolicy.api.v1alpha1.KubeAPIServer;
import dev.auditpolicy.api.v1alpha1.Observed;
import dev.auditpolicy.cli.report.document.Block;
import dev.auditpolicy.cli.report.document.Section;
import dev.auditpolicy.policy.Names;
import dev.auditpolicy.report.EvidenceReport;
import dev.auditpolicy.report.NodeEvidence;
import dev.auditpolicy.report.Terms;
import dev.auditpolicy.report.item.Outcome;
import dev.auditpolicy.report.proof.Ages;
import dev.auditpolicy.report.proof.ProofState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every kube-apiserver: what it is, and since when and by what it is proven. */
record NodeSection(EvidenceReport report) {

    Section section() {
        var blocks = new ArrayList<Block>();
        report.nodes().forEach(node -> {
            blocks.add(new Block.Title(node.name()));
            blocks.add(new Block.Table(List.of(), rows(node)));
        });
        return new Section("kube-apiservers", blocks);
    }

    private List<List<Block.Cell>> rows(NodeEvidence node) {
        var rows = new ArrayList<List<Block.Cell>>();
        rows.add(Block.row("kube-apiserver", server(node)));
        rows.add(Block.row("host", host(node)));
        rows.add(Block.row("phase", phase(node)));
        switch (node.state()) {
            case ProofState.Proven proven -> addProof(rows, node, proven);
            case ProofState.NotProven unproven -> addDoubt(rows, node, unproven);
        }
        return rows;
    }

    private void addProof(List<List<Block.Cell>> rows, NodeEvidence node, ProofState.Proven proven) {
        var proof = proven.proof();
        rows.add(List.of(
                Block.Cell.of("state"),
                Block.Cell.of(
                        Outcome.PASS,
                        "proven at " + proof.provenAt() + ", " + Ages.between(proof.provenAt(), report.asOf())
                                + " before")));
        node.auditingSince()
                .ifPresent(since -> rows.add(Block.row(
                        "proven since",
                        since + ", without an interruption that the agent has noticed (condition Auditing)")));
        rows.add(Block.row("process", "PID " + proof.pid() + ", started at " + proof.startedAt()));
        rows.add(Block.row("revision", proof.revision()));
        rows.add(Block.row(
                "policy file", "SHA-256 " + proof.policySHA256() + ", as mounted in the process" + path(node)));
        rows.add(Block.row("canary", canary(Optional.ofNullable(proof.canary()))));
        proven.settings().log().ifPresent(log -> rows.add(Block.row("log", log.path())));
        proven.settings().webhook().ifPresent(_ -> rows.add(Block.row("webhook", webhook(node))));
    }

    private static void addDoubt(List<List<Block.Cell>> rows, NodeEvidence node, ProofState.NotProven unproven) {
        rows.add(
                List.of(Block.Cell.of("state"), Block.Cell.of(Outcome.NOT_PROVEN, "not proven: " + unproven.reason())));
        node.node()
                .proof()
                .ifPresent(proof -> rows.add(Block.row(
                        "last proven",
                        "revision " + proof.revision() + " at " + proof.provenAt()
                                + ", which counts for nothing as of the time of this report")));
    }

    private static String server(NodeEvidence node) {
        var server = node.node().server();
        return server.map(KubeAPIServer::version).orElse("unknown version")
                + server.map(KubeAPIServer::address)
                        .map(address -> " at " + address)
                        .orElse("");
    }

    private static String phase(NodeEvidence node) {
        var message = node.node()
                .status()
                .map(AuditNodeStatus::message)
                .filter(text -> !text.isEmpty())
                .map(text -> ": " + text)
                .orElse("");
        return node.node()
                .status()
                .map(AuditNodeStatus::phase)
                .map(phase -> Terms.of(phase) + message)
                .orElse("not reported");
    }

    private static String host(NodeEvidence node) {
        return node.host()
                .map(host -> Terms.of(host.kind())
                        + Optional.ofNullable(host.distribution())
                                .map(distribution -> " (" + distribution + ")")
                                .orElse(""))
                .orElse("not reported");
    }

    private static String path(NodeEvidence node) {
        return node.node()
                .status()
                .map(AuditNodeStatus::observed)
                .map(Observed::policy)
                .map(policy -> " at " + policy.path())
                .orElse("");
    }

    private static String canary(Optional<Canary> canary) {
        if (canary.isEmpty()) {
            return "none: no log was searched for one";
        }
        var level = canary.get().level();
        return "Audit-ID " + canary.get().auditID()
                + (level == null
                        ? " in the log"
                        : switch (level) {
                            case NONE -> ", which is not in the log, as the policy excludes it";
                            default -> " in the log at level " + Names.of(level);
                        });
    }

    private static String webhook(NodeEvidence node) {
        return node.webhook()
                .map(state -> (state.host() == null ? "" : state.host() + ", ")
                        + (state.sentEvents() == null ? "" : "about " + state.sentEvents() + " events delivered; ")
                        + (state.undeliveredSince() == null
                                ? "deliveries succeed"
                                : "no delivery since " + state.undeliveredSince()))
                .orElse("configured; its delivery is not reported");
    }
}
