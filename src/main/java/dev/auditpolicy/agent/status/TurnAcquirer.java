package dev.auditpolicy.agent.status;

import static java.util.stream.Collectors.toSet;

import dev.auditpolicy.api.v1alpha1.Api;
import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.KubeAPIServer;
import dev.auditpolicy.api.v1alpha1.Turn;
import dev.auditpolicy.host.file.JournalFile;
import dev.auditpolicy.host.http.ApiServerProbe;
import dev.auditpolicy.host.process.Ticker;
import dev.auditpolicy.journal.Journal;
import dev.auditpolicy.journal.OpenTurn;
import dev.auditpolicy.observed.ApiServerAbsence;
import dev.auditpolicy.rollout.ClusterState;
import dev.auditpolicy.rollout.TurnAcquisition;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out the steps of a {@link TurnAcquisition} and records the acquired turn in the journal. */
public final class TurnAcquirer {

    private static final Logger LOG = LoggerFactory.getLogger(TurnAcquirer.class);

    private final KubernetesApi api;
    private final ApiServerProbe probe;
    private final JournalFile journals;
    private final StatusReport report;
    private final InstantSource clock;
    private final Ticker ticker;
    private final List<String> waitingFor = new ArrayList<>();
    private Optional<String> obstacle = Optional.empty();
    private String logged = "";

    public TurnAcquirer(
            KubernetesApi api,
            ApiServerProbe probe,
            JournalFile journals,
            StatusReport report,
            InstantSource clock,
            Ticker ticker) {
        this.api = api;
        this.probe = probe;
        this.journals = journals;
        this.report = report;
        this.clock = clock;
        this.ticker = ticker;
    }

    /** The result of an acquisition. */
    public enum Result {
        /** There is no turn for this node and the revision that it has checked, or the turn is used. */
        NOT_FOR_THIS_NODE,
        /** There is an {@link #obstacle}, such as a kube-apiserver that is not ready. */
        NOT_NOW,
        /** The turn is in the journal. */
        ACQUIRED
    }

    /** Why a turn that is granted to this node has not started. */
    public Optional<String> obstacle() {
        return obstacle;
    }

    public Result acquire(AuditNode node, Journal journal, boolean ownReady) throws IOException {
        obstacle = Optional.empty();
        var spec = node.getSpec();
        if (spec == null || !isProtected(node)) {
            return Result.NOT_FOR_THIS_NODE;
        }
        var acquisition = TurnAcquisition.of(
                api.node(),
                Optional.ofNullable(node.getStatus())
                        .map(AuditNodeStatus::revision)
                        .orElse(""),
                spec.target());
        while (true) {
            switch (acquisition) {
                case TurnAcquisition.ReadTurn step ->
                    acquisition = step.read(api.turn(), journal::hasUsed, clock.instant());
                case TurnAcquisition.CheckNodes step -> acquisition = step.checked(nodes(ownReady));
                case TurnAcquisition.Announce step -> {
                    api.updateStatus(node, report.acting(node, step.turn().id()));
                    acquisition = step.announced();
                }
                case TurnAcquisition.ReadTurnAgain step -> acquisition = step.read(api.turn(), clock.instant());
                case TurnAcquisition.CheckNodesAgain step -> acquisition = step.checked(nodes(ownReady));
                case TurnAcquisition.Begin(Turn turn) -> {
                    begin(turn, spec, journal);
                    return Result.ACQUIRED;
                }
                case TurnAcquisition.NotForThisNode _ -> {
                    return Result.NOT_FOR_THIS_NODE;
                }
                case TurnAcquisition.TooOld(Turn turn) -> {
                    stopAt("it was granted at " + turn.issuedAt() + ", more than "
                            + TurnAcquisition.OLDEST.toMinutes() + " minutes ago by this node's clock: synchronize"
                            + " the clocks of this node and of the controller's node");
                    return Result.NOT_NOW;
                }
                case TurnAcquisition.NotNow _ -> {
                    stopAt("waiting for "
                            + (waitingFor.isEmpty()
                                    ? "the turn of another node to end"
                                    : "the kube-apiserver" + " of " + String.join(", ", waitingFor)));
                    return Result.NOT_NOW;
                }
            }
        }
    }

    /** An unanswered turn is revoked and granted again, so that the log would contain the same line each second. */
    private void stopAt(String reason) {
        obstacle = Optional.of(reason);
        if (!reason.equals(logged)) {
            logged = reason;
            LOG.atInfo().addKeyValue("reason", reason).log("Turn not started");
        }
    }

    private void begin(Turn turn, AuditNodeSpec spec, Journal journal) throws IOException {
        journals.write(journal.begin(OpenTurn.begun(
                turn, journal.lastProven().map(spec::takingOut).orElse(spec), clock.instant(), ticker.now())));
        LOG.atInfo()
                .addKeyValue("turn", turn.id())
                .addKeyValue("revision", turn.revision())
                .log("Turn started");
    }

    /** The controller protects an AuditNode before it grants the turn, and no AuditNode that is being deleted. */
    private static boolean isProtected(AuditNode node) {
        return node.getMetadata().getFinalizers().contains(Api.TURN_FINALIZER)
                && node.getMetadata().getDeletionTimestamp() == null;
    }

    private List<TurnAcquisition.ObservedNode> nodes(boolean ownReady) {
        var all = api.auditNodes();
        waitingFor.clear();
        var hosts = api.apiServerHosts(clock.instant().minus(ClusterState.LEASE_EXPIRES_AFTER));
        var known = all.stream().map(AuditNode::host).collect(toSet());
        var unknown = hosts.stream().filter(host -> !known.contains(host)).toList();
        var auditNodes = all.stream().filter(node -> hasApiServer(node, hosts)).toList();
        unknown.forEach(host -> waitingFor.add("host " + host + " (it has no AuditNode)"));
        return Stream.concat(
                        auditNodes.stream().map(node -> observed(node, ownReady)),
                        unknown.stream().map(host -> new TurnAcquisition.ObservedNode(host, false, Optional.empty())))
                .toList();
    }

    /** Without any sign of a kube-apiserver, the node is probably labelled by mistake. */
    private boolean hasApiServer(AuditNode node, Set<String> hosts) {
        return node.getMetadata().getName().equals(api.node())
                || hosts.contains(node.host())
                || (node.getStatus() != null && !ApiServerAbsence.isReported(node));
    }

    private TurnAcquisition.ObservedNode observed(AuditNode node, boolean ownReady) {
        var name = node.getMetadata().getName();
        var status = Optional.ofNullable(node.getStatus());
        var address = status.map(AuditNodeStatus::kubeAPIServer).map(KubeAPIServer::address);
        var problem = name.equals(api.node())
                ? ownReady ? Optional.<String>empty() : Optional.of("not ready")
                : address.map(probe::problem).orElseGet(() -> Optional.of("its address is not known"));
        problem.ifPresent(reason -> waitingFor.add(name + " (" + reason + ")"));
        var ready = problem.isEmpty();
        return new TurnAcquisition.ObservedNode(name, ready, status.map(AuditNodeStatus::activeTurnID));
    }
}
