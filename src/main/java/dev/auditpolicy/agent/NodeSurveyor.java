package dev.auditpolicy.agent;

import dev.auditpolicy.agent.node.NodeObserver;
import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.agent.observe.ConfigurationObserver;
import dev.auditpolicy.agent.observe.Survey;
import dev.auditpolicy.agent.status.PeerDifferences;
import dev.auditpolicy.agent.status.SinkCondition;
import dev.auditpolicy.agent.webhook.SinkObserver;
import dev.auditpolicy.agent.webhook.SinkReport;
import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.KubeAPIServer;
import dev.auditpolicy.api.v1alpha1.NodeWebhook;
import dev.auditpolicy.api.v1alpha1.WebhookBackend;
import dev.auditpolicy.host.http.ApiServerProbe;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.journal.Journal;
import dev.auditpolicy.observed.ObservedConfig;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Observes what the node runs, whatever is desired of it, for its status. */
final class NodeSurveyor {

    private final NodeObserver observer;
    private final ApiServerProbe probe;
    private final ConfigurationObserver configuration;
    private final PeerDifferences peers;
    private final SinkObserver sinks;
    private final SinkReport sinkReport;
    private final InstantSource clock;

    NodeSurveyor(
            NodeObserver observer,
            ApiServerProbe probe,
            ConfigurationObserver configuration,
            PeerDifferences peers,
            SinkObserver sinks,
            InstantSource clock) {
        this.observer = observer;
        this.probe = probe;
        this.configuration = configuration;
        this.peers = peers;
        this.sinks = sinks;
        this.sinkReport = new SinkReport(clock);
        this.clock = clock;
    }

    /** The live kube-apiserver. Requests its version once for each process. */
    Optional<KubeAPIServer> server(AuditNode node, NodeSnapshot snapshot) {
        return snapshot.newest().map(process -> describe(process, node));
    }

    private KubeAPIServer describe(ApiServerProcess process, AuditNode node) {
        var address = observer.address(process);
        var started = process.startedAt().truncatedTo(ChronoUnit.SECONDS);
        return known(node)
                .filter(known -> started.equals(known.startedAt()) && known.version() != null)
                .orElseGet(() -> new KubeAPIServer(probe.version(address).orElse(null), address, started));
    }

    private static Optional<KubeAPIServer> known(AuditNode node) {
        return Optional.ofNullable(node.getStatus()).map(AuditNodeStatus::kubeAPIServer);
    }

    /** What the node runs. */
    Survey survey(AuditNode node, Journal journal, NodeSnapshot snapshot, Optional<KubeAPIServer> server) {
        return configuration.observe(
                snapshot, journal, Optional.ofNullable(node.getSpec()), server.flatMap(ObservedConfig::version));
    }

    /** The same of a node of which nothing is desired, compared with the other nodes. */
    Survey compare(AuditNode node, Journal journal, NodeSnapshot snapshot, Optional<KubeAPIServer> server) {
        var survey = survey(node, journal, snapshot, server);
        return new Survey(peers.addTo(survey.observed(), server), survey.log());
    }

    /** {@code status} with what the node runs, and whether its events reach the webhook. */
    AuditNodeStatus addTo(AuditNodeStatus status, AuditNode node, Survey survey, NodeSnapshot snapshot) {
        var surveyed = status.observing(survey.observed(), survey.log().orElse(null));
        var sink = snapshot.newest().flatMap(process -> sink(process, node));
        return SinkCondition.in(surveyed, node, sink, clock.instant());
    }

    private Optional<SinkReport.Reported> sink(ApiServerProcess process, AuditNode node) {
        var asks = Optional.ofNullable(node.getSpec())
                .map(AuditNodeSpec::webhook)
                .map(NodeWebhook::settings)
                .filter(WebhookBackend::asksReceiver)
                .isPresent();
        var started = process.startedAt().truncatedTo(ChronoUnit.SECONDS);
        var present = Optional.ofNullable(node.getStatus())
                .filter(_ -> known(node)
                        .filter(known -> started.equals(known.startedAt()))
                        .isPresent())
                .map(AuditNodeStatus::webhook);
        return sinks.observe(process, asks).map(observed -> sinkReport.of(observed, present));
    }
}
