package dev.auditpolicy.e2e;

import dev.auditpolicy.lab.Lab;
import dev.auditpolicy.lab.LabHost;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** As {@link RolloutBench}, where kube-apiserver is a systemd unit. Run by "make bench-rollout HOST=systemd". */
@TestMethodOrder(OrderAnnotation.class)
class UnitRolloutBench {

    private static final int RUNS = Integer.getInteger("runs", 5);

    @TempDir
    private static Path directory;

    private static Lab lab;
    private static Operator operator;
    private static MeasuredRollouts rollouts;

    @BeforeAll
    static void installController() {
        lab = Lab.startAnew(3, LabHost.SYSTEMD_WITH_KUBELET);
        // So that the agent of cp1 is a service like the others.
        lab.kubectl("label", "node", "cp1", "node-role.kubernetes.io/control-plane-");
        operator = Operator.install(lab);
        rollouts = new MeasuredRollouts(
                lab, operator, lab.nodes().stream().map(lab::apiAddress).toList());
    }

    @AfterAll
    static void print() {
        rollouts.print();
    }

    @Test
    @Order(1)
    void byHand() throws Exception {
        var byHand = new UnitRolledByHand(lab);
        for (var run = 0; run < RUNS; run++) {
            rollouts.measure("by hand", () -> byHand.roll(rollouts.nextMark()));
        }
        byHand.undo();
    }

    @Test
    @Order(2)
    void byTheOperator() throws Exception {
        installAgents();
        operator.apply(rollouts.policy(3, 0, false));
        operator.awaitReady();
        for (var run = 0; run < RUNS; run++) {
            for (var drain : List.of(3, 10)) {
                rollouts.change("policy only, drain " + drain + " s", drain, 0, false);
                rollouts.change("settings, drain " + drain + " s", drain, 0, true);
            }
        }
        lab.nodes().forEach(UnitRolloutBench::printCost);
    }

    private static void installAgents() throws IOException, InterruptedException {
        var agent = AgentPackage.build(directory);
        for (var host : lab.nodes()) {
            AgentService.install(lab, host, agent);
        }
    }

    private static void printCost(String host) {
        var service = new AgentService(lab, host);
        System.out.printf("agent of %s: %d MB resident; %s%n", host, service.residentMegabytes(), service.exposure());
    }
}
