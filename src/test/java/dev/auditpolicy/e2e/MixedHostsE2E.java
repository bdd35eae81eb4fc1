package dev.auditpolicy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.lab.Lab;
import dev.auditpolicy.lab.LabHost;
import dev.auditpolicy.lab.LabNodes;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** One AuditPolicy for two static pods and a systemd unit whose host has no kubelet. */
@Tag("rare")
@LabNodes(value = 3, host = LabHost.MIXED)
@ExtendWith(OperatorExtension.class)
class MixedHostsE2E {

    private static final String UNIT_HOST = "cp3";

    @TempDir
    private static Path directory;

    private final Operator operator;
    private final Lab lab;

    MixedHostsE2E(Operator operator) {
        this.operator = operator;
        this.lab = operator.lab();
    }

    @BeforeAll
    static void installService(Operator operator) throws IOException, InterruptedException {
        AgentService.install(operator.lab(), UNIT_HOST, AgentPackage.build(directory));
    }

    @Test
    void recordsRequestsOnEachHost() throws Exception {
        operator.givenEffective(AuditPolicies.secrets("mixed"));

        assertThat(operator.field("auditnodes", ".items[*].status.observed.host.kind"))
                .isEqualTo("StaticPod StaticPod SystemdUnit");
        try (var requests = new Requests(lab, AuditPolicies.LOG)) {
            assertThat(lab.nodes()).allSatisfy(host -> {
                var id = requests.send(host, "GET", "/api/v1/namespaces/default/secrets", "");
                assertThat(requests.events(host, id)).isNotEmpty();
            });
        }
    }

    @Test
    void rollsBackTheUnitThatFails() {
        operator.givenEffective(AuditPolicies.secrets("mixed"));
        var unit = new UnitFiles(lab, UNIT_HOST);
        unit.failStartsWith("audit-log-maxage=75", "not with policy 75");
        try {
            operator.apply(AuditPolicies.secrets("fails-on-the-unit", "75"));
            operator.awaitStalled();

            assertThat(operator.message("Stalled")).contains(UNIT_HOST, "not with policy 75");
            assertThat(operator.field("auditnode/" + UNIT_HOST, ".status.phase"))
                    .isEqualTo("RolledBack");
            assertThat(lab.nodes()).allMatch(lab::isReady);
            assertThat(unit.commandLine()).doesNotContain("audit-log-maxage=75");
        } finally {
            unit.removeHook();
        }
    }
}
