package dev.auditpolicy.app;

import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The reconcilers' metrics. Before 7.8.0 the operator SDK's own bean may stay a no-op (its issue 1389), hence this one. */
final class OperatorMetrics {

    private OperatorMetrics() {}

    @Produces
    @Singleton
    static Metrics metrics(MeterRegistry registry) {
        return MicrometerMetricsV2.newBuilder(registry).build();
    }
}
