package dev.auditpolicy.deploy;

import dev.auditpolicy.controller.metrics.ClusterMeters;

/** What a Prometheus gets of the controller's own metrics, by the registry that Quarkus brings. */
@SuppressWarnings("deprecation") // Quarkus 3.33 still brings the one of the old Prometheus client.
public final class Scrape {

    private final io.micrometer.prometheus.PrometheusMeterRegistry registry =
            new io.micrometer.prometheus.PrometheusMeterRegistry(io.micrometer.prometheus.PrometheusConfig.DEFAULT);
    private final ClusterMeters meters = new ClusterMeters(registry, "1.2.3");

    public ClusterMeters meters() {
        return meters;
    }

    /** In the text format; that client's comma behind the last label, which the format allows, is left out. */
    public String text() {
        return registry.scrape().replace(",}", "}");
    }
}
