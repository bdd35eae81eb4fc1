package dev.auditpolicy.controller.enroll;

import static java.util.stream.Collectors.toSet;

import dev.auditpolicy.api.v1alpha1.Api;
import dev.auditpolicy.rollout.ClusterState;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The host names of kube-apiservers, as their identity Leases have them.
 *
 * @param renewing those that have renewed their Lease in the last 40 s, as they do every 10 s
 * @param live those that have in the last two minutes: kube-apiserver may be restarting
 */
public record ApiServerHosts(Set<String> renewing, Set<String> live) {

    /** kube-apiserver is ready again sooner after a restart. A Node that is lost becomes Unknown after 50 s. */
    private static final Duration SILENT_AFTER = Duration.ofSeconds(40);

    public ApiServerHosts {
        renewing = Set.copyOf(renewing);
        live = Set.copyOf(live);
    }

    public static ApiServerHosts of(List<Lease> leases, Instant now) {
        return new ApiServerHosts(
                hosts(leases, SILENT_AFTER, now), hosts(leases, ClusterState.LEASE_EXPIRES_AFTER, now));
    }

    private static Set<String> hosts(List<Lease> leases, Duration validity, Instant now) {
        return leases.stream()
                .filter(lease -> Optional.ofNullable(lease.getSpec())
                        .map(LeaseSpec::getRenewTime)
                        .filter(renewed -> renewed.toInstant().isAfter(now.minus(validity)))
                        .isPresent())
                .map(lease -> Optional.ofNullable(lease.getMetadata().getLabels())
                        .map(labels -> labels.get(Api.HOSTNAME_LABEL))
                        .orElse("unknown host"))
                .collect(toSet());
    }
}
