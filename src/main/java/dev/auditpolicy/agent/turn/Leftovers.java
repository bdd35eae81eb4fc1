package dev.auditpolicy.agent.turn;

import dev.auditpolicy.agent.node.NodeContext;
import dev.auditpolicy.agent.plan.HostPlanner;
import dev.auditpolicy.host.file.JournalFile;
import java.io.IOException;

/** What an ended turn leaves on the node: the guard, what was prepared for a rollback, and temporary files of killed agents. */
final class Leftovers {

    private final NodeContext node;
    private final HostPlanner planner;
    private final JournalFile journals;

    Leftovers(NodeContext node, HostPlanner planner, JournalFile journals) {
        this.node = node;
        this.planner = planner;
        this.journals = journals;
    }

    void delete() throws IOException {
        node.guard().remove();
        node.files().deleteTemporary(node.paths().policy());
        node.files().deleteTemporary(node.paths().configuration());
        node.files().deleteTemporary(node.paths().guard());
        new OriginalFiles(node.files()).deleteTemporaryFiles();
        journals.releaseSpace();
        var takenOut = journals.read().takenOut();
        if (takenOut.isPresent()) {
            new GivenBack(node, planner).deleteFilesOf(takenOut.get());
        }
    }
}
