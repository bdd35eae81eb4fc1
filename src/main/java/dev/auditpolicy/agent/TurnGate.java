package dev.auditpolicy.agent;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.Timestamp;
import dev.auditpolicy.api.v1alpha1.Turn;
import dev.auditpolicy.host.ApiServerProbe;
import dev.auditpolicy.host.Journal;
import dev.auditpolicy.host.Journal.OpenTurn;
import dev.auditpolicy.host.JournalFile;
import java.io.IOException;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether this node may begin a turn, and begins it. Two objects are involved, so neither side trusts a read
 * that came before its own write: the agent writes {@code acting} and then reads the turn again, the controller takes a
 * turn back and then reads who is acting before it gives the next. At least one of them sees the other.
 */
final class TurnGate {

    private static final Logger LOG = LoggerFactory.getLogger(TurnGate.class);

    private final KubernetesApi api;
    private final ApiServerProbe probe;
    private final JournalFile journals;
    private final StatusReport report;
    private final InstantSource clock;

    TurnGate(KubernetesApi api, ApiServerProbe probe, JournalFile journals, StatusReport report, InstantSource clock) {
        this.api = requireNonNull(api, "api is null");
        this.probe = requireNonNull(probe, "probe is null");
        this.journals = requireNonNull(journals, "journals is null");
        this.report = requireNonNull(report, "report is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** What came of asking for the turn. */
    enum Answer {
        /** The turn is not this node's, or not for what it has checked, or was used before. */
        NOT_MEANT,
        /** A kube-apiserver of the cluster is not ready. */
        NOT_NOW,
        /** The turn is in the journal. */
        BEGUN
    }

    Answer ask(AuditNode node, Journal journal, boolean ownReady) throws IOException {
        var turn = api.turn().filter(given -> isMeant(given, node, journal));
        if (turn.isEmpty()) {
            return Answer.NOT_MEANT;
        }
        if (!ownReady || !everyPeerReady()) {
            return Answer.NOT_NOW;
        }
        api.updateStatus(node, report.acting(node, turn.get().id()));
        if (!api.turn().equals(turn)) {
            return Answer.NOT_MEANT;
        }
        journals.write(journal.begin(OpenTurn.begun(turn.get(), node.getSpec(), Timestamp.of(clock.instant()))));
        LOG.atInfo()
                .addKeyValue("turn", turn.get().id())
                .addKeyValue("revision", turn.get().revision())
                .log("Turn begun");
        return Answer.BEGUN;
    }

    private boolean isMeant(Turn turn, AuditNode node, Journal journal) {
        return turn.node().equals(api.node())
                && turn.revision().equals(node.getSpec().revision())
                && !journal.hasUsed(turn.id());
    }

    private boolean everyPeerReady() {
        return api.peers().stream()
                .allMatch(address -> address.filter(probe::isReady).isPresent());
    }
}
