package dev.auditpolicy.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.agent.status.KubernetesApi;
import dev.auditpolicy.agent.status.StatusListener;
import dev.auditpolicy.agent.status.StatusReport;
import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.Phase;
import dev.auditpolicy.deploy.Account;
import dev.auditpolicy.deploy.ApiServer;
import dev.auditpolicy.deploy.OperatorInstalled;
import dev.auditpolicy.deploy.Samples;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(OperatorInstalled.class)
class IterationFailuresIT {

    private static final String NODE = "cp1";

    private final KubernetesClient controller;
    private final KubernetesClient agent;
    private final IterationFailures failures;

    IterationFailuresIT(ApiServer apiServer) {
        controller = apiServer.clientOf(Account.controller());
        agent = apiServer.clientOf(Account.agentOn(NODE));
        failures = new IterationFailures(
                new KubernetesApi(agent, NODE, "auditpolicy-system", "agent", StatusListener.all()),
                new StatusReport(InstantSource.system()));
    }

    @BeforeEach
    void anAuditNode() {
        controller.resource(Samples.auditNode(NODE)).create();
    }

    @AfterEach
    void close() {
        controller.resources(AuditNode.class).withName(NODE).delete();
        controller.close();
        agent.close();
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new IOException("/etc/x is not a regular file"), "/etc/x is not a regular file"),
                Arguments.of(new AccessDeniedException("/etc/x"), "AccessDeniedException: /etc/x"),
                Arguments.of(new IllegalArgumentException("one\ntwo"), "IllegalArgumentException: one two"),
                Arguments.of(new KubernetesClientException("status is invalid", 422, null), "status is invalid"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void reportsARepeatedFailureAsThePhase(Exception failure, String reason) {
        failures.failed(failure);
        failures.failed(failure);

        assertThat(status().phase()).isEqualTo(Phase.PENDING);
        assertThat(status().message()).isEqualTo("the agent cannot evaluate this node and retries: " + reason);
    }

    @Test
    void doesNotReportASingleFailure() {
        failures.failed(new IOException("first"));
        failures.succeeded();
        failures.failed(new IOException("second"));

        assertThat(status()).isNull();
    }

    /** Otherwise the status would change with every iteration, from the report to the failure and back. */
    @Test
    void leavesAFailureAfterAReportToTheNextReport() {
        for (var iteration = 0; iteration < 3; iteration++) {
            failures.started();
            failures.reported();
            failures.failed(new IOException("/etc/x: Read-only file system"));
        }

        assertThat(status()).isNull();
        assertThat(failures.obstacle()).contains("/etc/x: Read-only file system");
        failures.succeeded();
        assertThat(failures.obstacle()).isEmpty();
    }

    private AuditNodeStatus status() {
        return controller.resources(AuditNode.class).withName(NODE).get().getStatus();
    }
}
