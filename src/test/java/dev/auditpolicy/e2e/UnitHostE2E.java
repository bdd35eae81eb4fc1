package dev.auditpolicy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.lab.Lab;
import dev.auditpolicy.lab.LabHost;
import dev.auditpolicy.lab.LabNodes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** kube-apiserver as a systemd unit, managed by the DaemonSet's agent on the host with a kubelet, and by a service on the others. */
@Tag("rare")
@LabNodes(value = 3, host = LabHost.SYSTEMD_WITH_KUBELET)
@ExtendWith(OperatorExtension.class)
class UnitHostE2E {

    /** With a kubelet, and the controller: it has its turn last. */
    private static final String POD_HOST = "cp1";

    private static final String HOST = "cp2";

    /** Its flags are in environment files. */
    private static final String ENVIRONMENT_HOST = "cp3";

    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir
    private static Path directory;

    private static List<String> filesBefore = List.of();

    private final Operator operator;
    private final Lab lab;

    UnitHostE2E(Operator operator) {
        this.operator = operator;
        this.lab = operator.lab();
    }

    @BeforeAll
    static void installServices(Operator operator) throws IOException, InterruptedException {
        var lab = operator.lab();
        filesBefore = hosts(lab).map(UnitFiles::ofTheAdministrator).toList();
        var agent = AgentPackage.build(directory);
        for (var host : List.of(HOST, ENVIRONMENT_HOST)) {
            AgentService.install(lab, host, agent);
        }
    }

    @AfterEach
    void removeHooks() {
        hosts(lab).forEach(UnitFiles::removeHook);
    }

    @Test
    void recordsRequestsOnEachHost() throws Exception {
        operator.givenEffective(AuditPolicies.secrets());

        assertThat(operator.field("auditnodes", ".items[*].status.phase")).isEqualTo("Effective Effective Effective");
        try (var requests = new Requests(lab, AuditPolicies.LOG)) {
            assertThat(lab.nodes()).allSatisfy(host -> {
                var id = requests.send(host, "GET", "/api/v1/namespaces/default/secrets", "");
                assertThat(requests.events(host, id)).isNotEmpty();
            });
        }
    }

    /** The kubeconfig is for the user of the unit, and the path of the directory is the same on the host. */
    @Test
    void sendsEventsOfEachHostToAWebhook(@TempDir Path files) throws Exception {
        try (var receiver = new Receiver(lab, lab.nodes(), files)) {
            lab.kubectlWithInput(receiver.secret("/units", "token-1"), "apply", "-f", "-");
            operator.apply(AuditPolicies.secrets("units")
                    .replaceFirst("(?m)^  log:$", "  webhook: {kubeconfigSecret: {name: audit-webhook}}\n  log:"));
            operator.awaitReady();

            operator.await("each host delivers", LIMIT).untilAsserted(() -> assertThat(operator.field(
                            "auditnodes", ".items[*].status.conditions[?(@.type=='SinkHealthy')].reason"))
                    .isEqualTo("Delivering Delivering Delivering"));
            assertThat(receiver.events()).contains("/units Bearer token-1");
        }
    }

    @Test
    void leavesTheFilesOfTheAdministratorAsTheyWere() {
        operator.givenEffective();

        assertThat(hosts(lab).map(UnitFiles::ofTheAdministrator)).containsExactlyElementsOf(filesBefore);
        assertThat(hosts(lab)).allMatch(UnitFiles::hasDropIn);
    }

    @Test
    void rollsBackAStartThatFailsAndLeavesTheOtherHostsAlone() {
        operator.givenEffective();
        var before = hosts(lab).map(UnitFiles::dropIn).toList();
        var servers = operator.apiServers();
        hosts(lab).forEach(host -> host.failStartsWith("audit-log-maxage=71", "not with policy 71"));

        operator.apply(AuditPolicies.secrets("fails", "71"));
        operator.awaitStalled();

        assertThat(operator.message("Stalled")).contains("not with policy 71");
        assertThat(hosts(lab).map(UnitFiles::dropIn)).containsExactlyElementsOf(before);
        assertThat(operator.apiServers()).filteredOn(servers::contains).hasSize(2);
        assertThat(lab.nodes()).allMatch(lab::isReady);
    }

    @Test
    void saysWhereTheErrorIsThatAPodCannotRead() {
        operator.givenEffective();
        host(POD_HOST).failStartsWith("audit-log-maxage=72", "not with policy 72");

        operator.apply(AuditPolicies.secrets("fails-beside-a-pod", "72"));
        operator.awaitStalled();

        assertThat(operator.field("auditnode/" + POD_HOST, ".status.phase")).isEqualTo("RolledBack");
        assertThat(operator.message("Stalled")).contains("journalctl --unit=kube-apiserver.service");
    }

    @Test
    void rollsBackAStartThatHangs() {
        operator.givenEffective();
        var before = host(HOST).dropIn();
        host(HOST).hangStartsWith("audit-log-maxage=73");

        operator.apply(AuditPolicies.secrets("hangs", "73")
                .replace("drainSeconds: 3", "drainSeconds: 3, verifyTimeoutSeconds: 30"));
        operator.awaitStalled();

        assertThat(operator.field("auditnode/" + HOST, ".status.phase")).isEqualTo("RolledBack");
        assertThat(host(HOST).dropIn()).isEqualTo(before);
        operator.await("every kube-apiserver is ready", Duration.ofMinutes(1))
                .until(() -> lab.nodes().stream().allMatch(lab::isReady));
    }

    /** The next start would fail with the old configuration as with the new one. */
    @Test
    void refusesALogThatAHardenedUnitMayNotWrite() {
        operator.givenEffective();
        var before = operator.apiServers();
        host(HOST).harden("ProtectSystem=strict");

        operator.apply(AuditPolicies.secrets("hardened", "76"));
        operator.awaitStalled();

        assertThat(operator.message("Stalled")).contains(HOST, "ProtectSystem=strict", "ReadWritePaths=");
        assertThat(operator.field("auditnode/" + HOST, ".status.phase")).isEqualTo("Refused");
        assertThat(operator.apiServers()).isEqualTo(before);
    }

    /** Where the power is cut decides whether the change is finished or rolled back. */
    @Test
    void runsWhatIsOnDiskAfterAPowerCut() {
        operator.givenEffective();
        operator.apply(AuditPolicies.secrets("power-cut", "74"));
        host(HOST).awaitInDropIn("audit-log-maxage=74");

        lab.powerCut(HOST);
        lab.powerOn(HOST);

        operator.await("the turn has ended", LIMIT)
                .untilAsserted(() -> assertThat(operator.field("auditnode/" + HOST, ".status.phase"))
                        .isIn("Effective", "RolledBack"));
        assertThat(lab.isReady(HOST)).isTrue();
        assertThat(host(HOST).commandLine().contains("--audit-log-maxage=74"))
                .isEqualTo(host(HOST).dropIn().contains("--audit-log-maxage=74"));
    }

    @Test
    void anUpgradeOfTheAgentLeavesTheApiServerAlone() {
        operator.givenEffective();
        var before = operator.apiServer(HOST);
        var service = new AgentService(lab, HOST);
        var agent = service.property("MainPID");

        AgentPackage.install(lab, HOST);
        service.awaitActive();

        assertThat(service.property("MainPID")).isNotIn("0", agent);
        operator.awaitReady();
        assertThat(operator.apiServer(HOST)).isEqualTo(before);
    }

    @Test
    void putsBackADropInThatIsDeleted() {
        operator.givenEffective();
        var before = host(ENVIRONMENT_HOST).dropIn();

        host(ENVIRONMENT_HOST).deleteDropIn();

        operator.await("the drop-in is put back", LIMIT)
                .until(() -> host(ENVIRONMENT_HOST).hasDropIn());
        assertThat(host(ENVIRONMENT_HOST).dropIn()).isEqualTo(before);
    }

    @Test
    void givesBackWhatThereWas() {
        operator.givenEffective(AuditPolicies.restoring(AuditPolicies.secrets("restored")));
        operator.await("the controller has put its finalizer", LIMIT)
                .untilAsserted(() -> assertThat(operator.field("auditpolicy/cluster", ".metadata.finalizers[0]"))
                        .isEqualTo("auditpolicy.dev/restore"));

        lab.kubectl("delete", "auditpolicy", "cluster", "--wait=false");
        operator.await("the AuditPolicy is gone", operator.rolloutLimit())
                .untilAsserted(() -> assertThat(lab.kubectl("get", "auditpolicies", "-o", "name"))
                        .isBlank());

        assertThat(hosts(lab)).noneMatch(UnitFiles::hasDropIn).noneMatch(UnitFiles::hasPolicy);
        assertThat(hosts(lab).map(UnitFiles::commandLine)).noneMatch(line -> line.contains("--audit-"));
        assertThat(hosts(lab).map(UnitFiles::ofTheAdministrator)).containsExactlyElementsOf(filesBefore);
    }

    private UnitFiles host(String name) {
        return new UnitFiles(lab, name);
    }

    private static Stream<UnitFiles> hosts(Lab lab) {
        return lab.nodes().stream().map(name -> new UnitFiles(lab, name));
    }
}
