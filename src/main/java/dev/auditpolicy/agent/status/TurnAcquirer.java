package dev.auditpolicy.agent.status;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.KubeAPIServer;
import dev.auditpolicy.api.v1alpha1.Turn;
import dev.auditpolicy.host.file.JournalFile;
import dev.auditpolicy.host.http.ApiServerProbe;
import dev.auditpolicy.journal.Journal;
import dev.auditpolicy.journal.Journal.OpenTurn;
import dev.auditpolicy.rollout.TurnAcquisition;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the steps of a {@link TurnAcquisition} and records the turn that it leads to. */
public final class TurnAcquirer {

    private static final Logger LOG = LoggerFactory.getLogger(TurnAcquirer.class);

    private final KubernetesApi api;
    private final ApiServerProbe probe;
    private final JournalFile journals;
    private final StatusReport report;
    private final InstantSource clock;

    public TurnAcquirer(
            KubernetesApi api, ApiServerProbe probe, JournalFile journals, StatusReport report, InstantSource clock) {
        this.api = requireNonNull(api, "api is null");
        this.probe = requireNonNull(probe, "probe is null");
        this.journals = requireNonNull(journals, "journals is null");
        this.report = requireNonNull(report, "report is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** What came of asking for the turn. */
    public enum Answer {
        /** The turn is not this node's, or not for what it has checked, or was used before. */
        NOT_MEANT,
        /** A kube-apiserver of the cluster is not ready. */
        NOT_NOW,
        /** The turn is in the journal. */
        BEGUN
    }

    public Answer ask(AuditNode node, Journal journal, boolean ownReady) throws IOException {
        var claim = TurnAcquisition.of(
                api.node(), node.getStatus().revision(), node.getSpec().revision());
        while (true) {
            switch (claim) {
                case TurnAcquisition.ReadTurn step -> claim = step.read(api.turn(), journal::hasUsed, clock.instant());
                case TurnAcquisition.LookAround step -> claim = step.seen(nodes(ownReady));
                case TurnAcquisition.Announce step -> {
                    api.updateStatus(node, report.acting(node, step.turn().id()));
                    claim = step.announced();
                }
                case TurnAcquisition.ReadTurnAgain step -> claim = step.read(api.turn(), clock.instant());
                case TurnAcquisition.LookAroundAgain step -> claim = step.seen(nodes(ownReady));
                case TurnAcquisition.Begin(Turn turn) -> {
                    begin(turn, node, journal);
                    return Answer.BEGUN;
                }
                case TurnAcquisition.NotForThisNode _ -> {
                    return Answer.NOT_MEANT;
                }
                case TurnAcquisition.TooOld(Turn turn) -> {
                    LOG.atWarn()
                            .addKeyValue("turn", turn.id())
                            .addKeyValue("issuedAt", turn.issuedAt())
                            .log("Turn not taken: by this node's clock it was given too long ago");
                    return Answer.NOT_MEANT;
                }
                case TurnAcquisition.NotNow _ -> {
                    return Answer.NOT_NOW;
                }
            }
        }
    }

    private void begin(Turn turn, AuditNode node, Journal journal) throws IOException {
        journals.write(journal.begin(OpenTurn.begun(turn, node.getSpec(), clock.instant())));
        LOG.atInfo()
                .addKeyValue("turn", turn.id())
                .addKeyValue("revision", turn.revision())
                .log("Turn begun");
    }

    private List<TurnAcquisition.Seen> nodes(boolean ownReady) {
        return api.auditNodes().stream().map(node -> seen(node, ownReady)).toList();
    }

    private TurnAcquisition.Seen seen(AuditNode node, boolean ownReady) {
        var name = node.getMetadata().getName();
        var status = Optional.ofNullable(node.getStatus());
        var address = status.map(AuditNodeStatus::kubeAPIServer).map(KubeAPIServer::address);
        var ready = name.equals(api.node())
                ? ownReady
                : address.filter(probe::isReady).isPresent();
        return new TurnAcquisition.Seen(name, ready, status.map(AuditNodeStatus::activeTurnID));
    }
}
