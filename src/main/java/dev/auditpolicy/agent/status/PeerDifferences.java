package dev.auditpolicy.agent.status;

import static java.util.stream.Collectors.toMap;

import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.KubeAPIServer;
import dev.auditpolicy.api.v1alpha1.Observed;
import dev.auditpolicy.host.process.Ticker;
import dev.auditpolicy.journal.BootTime;
import dev.auditpolicy.observed.NodeDifferences;
import dev.auditpolicy.observed.ObservedConfig;
import dev.auditpolicy.policy.KubernetesVersion;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What this node runs otherwise than the other control-plane nodes, while nothing is desired of any. */
public final class PeerDifferences {

    /** Each comparison reads all AuditNodes with their policies. */
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final KubernetesApi api;
    private final Ticker ticker;
    private Optional<ObservedConfig> compared = Optional.empty();
    private BootTime due = BootTime.UNKNOWN;
    private List<String> differences = List.of();

    public PeerDifferences(KubernetesApi api, Ticker ticker) {
        this.api = api;
        this.ticker = ticker;
    }

    /** {@code seen} with its differences: compared anew when it has changed, and once a minute. */
    public Observed addTo(Observed seen, Optional<KubeAPIServer> server) {
        var own =
                ObservedConfig.of(seen, server.flatMap(ObservedConfig::version).orElse(KubernetesVersion.NEWEST_KNOWN));
        if (!compared.equals(Optional.of(own)) || !ticker.now().isBefore(due)) {
            differences = NodeDifferences.of(api.node(), withPeers(own));
            compared = Optional.of(own);
            due = ticker.now().plus(INTERVAL);
        }
        return seen.differing(differences);
    }

    private Map<String, ObservedConfig> withPeers(ObservedConfig own) {
        var all = new HashMap<>(api.auditNodes().stream()
                .filter(node -> ObservedConfig.of(node).isPresent())
                .collect(toMap(
                        PeerDifferences::name, node -> ObservedConfig.of(node).orElseThrow())));
        all.put(api.node(), own);
        return all;
    }

    private static String name(AuditNode node) {
        return node.getMetadata().getName();
    }
}
