package dev.auditpolicy.agent.turn;

import dev.auditpolicy.agent.node.NodePaths;
import dev.auditpolicy.agent.plan.StaticPodPlanner;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.Takeover;
import dev.auditpolicy.api.v1alpha1.Turn;
import dev.auditpolicy.host.file.JournalFile;
import dev.auditpolicy.journal.FileImage;
import dev.auditpolicy.journal.OpenTurn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

/** A simulated node that was proven to run a revision, and on which kubeadm upgrades kube-apiserver. */
record KubeadmNode(SimulatedNode node, FileImage before, FileImage upgraded) {

    static final NodePaths PATHS = NodePaths.kubeadm();
    static final AuditNodeSpec PROVEN = new AuditNodeSpec(
            "a",
            1L,
            "ours",
            new LogBackend("/var/log/kubernetes/audit/audit.log", 30, 10, 100, null, null, null, null, null),
            3,
            60);

    static KubeadmNode proven() throws Exception {
        var node = NodeLayout.PLAIN.node();
        var plain = node.files().get(PATHS.configuration());
        runTurn(node, PROVEN);
        var upgraded = plain.withText(plain.text().replace(":v1.36.3", ":v1.37.0"));
        return new KubeadmNode(node, node.files().get(PATHS.configuration()), upgraded);
    }

    /** One whose own auditing was kept by a takeover, and of which the configuration of kubeadm knows nothing. */
    static KubeadmNode kept() throws Exception {
        var node = NodeLayout.SAME_MEANING.node();
        runTurn(node, new AuditNodeSpec("a", 1L, NodeLayout.MEANT, NodeLayout.LOG_MEANT, 3, 60).with(Takeover.REPLACE));
        return new KubeadmNode(node, node.files().get(PATHS.configuration()), proven().upgraded());
    }

    KubeadmNode copy() {
        return new KubeadmNode(new SimulatedNode(node), before, upgraded);
    }

    private static void runTurn(SimulatedNode simulated, AuditNodeSpec spec) throws Exception {
        var node = new FaultyPorts(simulated, 0, Fault.FAILS).context();
        var journals = new JournalFile(node.files(), JournalFile.PATH);
        var turn = new Turn("turn-a", "cp1", spec.revision(), 1, simulated.now());
        journals.write(journals.read().begin(OpenTurn.begun(turn, spec, simulated.now(), simulated.ticks())));
        var journal = journals.read();
        TurnRunner.on(node, new StaticPodPlanner(node.paths()), journals, (_, _) -> Optional.empty(), LogCheck.NONE)
                .finish(journal, journal.openTurn().orElseThrow());
        journals.write(journals.read().close());
        simulated.pass(Duration.ofMinutes(1));
    }

    /** {@code kubeadm upgrade} keeps running until it sees a new pod. */
    void upgrade() {
        node.startKubeadm(4711);
        rename(upgraded);
    }

    /** As kubeadm replaces a file: another one is renamed to its name. */
    void rename(FileImage manifest) {
        try {
            var prepared = "/etc/kubernetes/tmp/kube-apiserver.yaml";
            node.disk().delete(prepared);
            node.disk().create(prepared, manifest);
            node.disk().rename(prepared, PATHS.configuration());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    FileImage manifest() {
        return node.files().get(PATHS.configuration());
    }

    int starts() {
        return node.list().size();
    }
}
