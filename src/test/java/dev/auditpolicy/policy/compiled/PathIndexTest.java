package dev.auditpolicy.policy.compiled;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.policy.PolicyTexts;
import dev.auditpolicy.policy.evaluate.Evaluation;
import dev.auditpolicy.policy.evaluate.RequestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathIndexTest {

    private final CompiledPolicy policy = new CompiledPolicy(PolicyTexts.specPolicy("""
            rules:
            - {level: Metadata, nonResourceURLs: [/healthz/etcd]}
            - {level: Metadata, nonResourceURLs: [/healthz/e*]}
            - {level: Metadata, nonResourceURLs: [/healthz*, /version]}
            - {level: Metadata, nonResourceURLs: [/healthz/ping, /metrics]}
            - {level: Metadata, nonResourceURLs: [/metrics/*]}
            """));

    @ParameterizedTest
    @CsvSource({
        "/healthz/etcd, 0",
        "/healthz/etcd/, 1",
        "/healthz/e, 1",
        "/healthz/f, 2",
        "/healthz/ping/x, 2",
        "/healthz/ping, 2",
        "/healthz, 2",
        "/healthzz, 2",
        "/version, 2",
        "/metrics, 3",
        "/metrics/, 4",
        "/metrics/slis, 4"
    })
    void findsTheFirstRuleThatAcceptsThePath(String path, int rule) {
        assertThat(evaluate(path).rule()).hasValue(rule);
    }

    @ParameterizedTest
    @CsvSource({"/", "/a", "/health", "/metric", "/metricss", "/version/", "/z"})
    void findsNoneForOtherPaths(String path) {
        assertThat(evaluate(path).rule()).isEmpty();
    }

    private Evaluation evaluate(String path) {
        return policy.evaluate(RequestInfo.of("GET", path));
    }
}
