package dev.auditpolicy.e2e;

import static org.awaitility.Awaitility.await;

import dev.auditpolicy.lab.Lab;
import dev.auditpolicy.lab.Lab.Checks;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Compares rollouts by hand and by the operator on one cluster. Run by "make bench-rollout". */
@TestMethodOrder(OrderAnnotation.class)
class RolloutBench {

    private static final int RUNS = Integer.getInteger("runs", 5);
    private static final Duration IDLE = Duration.ofSeconds(Integer.getInteger("idle", 300));

    private static Lab lab;
    private static Operator operator;
    private static MeasuredRollouts rollouts;

    @BeforeAll
    static void installOperatorAndPolicy() {
        lab = Lab.startAnew(3);
        operator = Operator.install(lab);
        rollouts = new MeasuredRollouts(lab, operator, List.of());
        operator.apply(rollouts.policy(3, 0, false));
        operator.awaitReady();
    }

    @AfterAll
    static void print() {
        rollouts.print();
    }

    @Test
    @Order(1)
    void byHandAndByTheOperator() throws Exception {
        for (var run = 0; run < RUNS; run++) {
            operator.pods().scaleController(0);
            rollouts.measure("by hand", () -> new RolledByHand(lab).roll(rollouts.nextMark()));
            replaceEditsByHand();
            for (var drain : List.of(3, 10)) {
                rollouts.change("policy only, drain " + drain + " s", drain, 0, false);
                rollouts.change("settings, drain " + drain + " s", drain, 0, true);
            }
        }
    }

    /** Changes a setting, so that each node gets a new pod, for which kubelet has no back-off. */
    private static void replaceEditsByHand() {
        operator.apply(rollouts.policy(3, 0, true));
        operator.pods().scaleController(1);
        operator.awaitReady();
    }

    @Test
    @Order(2)
    void behindASlowLoadBalancer() throws Exception {
        lab.balance(Checks.SLOW);
        try {
            rollouts.change("policy only, drain 10 s, settling 30 s, slow load balancer", 10, 30, false);
            rollouts.change("settings, drain 10 s, settling 30 s, slow load balancer", 10, 30, true);
        } finally {
            lab.balance(Checks.QUICK);
        }
    }

    @Test
    @Order(3)
    void throughTheServiceAddress() throws Exception {
        var command = lab.inNetworkOf(
                lab.nodes().getFirst(),
                List.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Load.class.getName(),
                        "https://10.96.0.1",
                        lab.kubeconfig().toString()));
        var load = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        for (var settings : List.of(false, true)) {
            operator.apply(rollouts.policy(10, 30, settings));
            operator.awaitReady();
        }
        load.getOutputStream().close();
        System.out.println("| policy only, then settings, drain 10 s, settling 30 s, through 10.96.0.1 | 2 | | | "
                + new String(load.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip() + " |");
    }

    @Test
    @Order(4)
    void refusals() {
        var start = Instant.now();
        operator.apply(AuditPolicies.read("webhook.yaml"));
        operator.awaitStalled();
        printRefusal("the controller", start);

        operator.apply(rollouts.policy(3, 0, false));
        operator.awaitReady();
        var taken = "/var/log/kubernetes/taken/audit.log";
        var node = lab.nodes().getLast();
        lab.exec(node, "mkdir", "-p", taken);
        start = Instant.now();
        operator.apply(rollouts.policy(3, 0, false).replace(AuditPolicies.LOG, taken));
        operator.awaitStalled();
        printRefusal("a node whose log path is a directory", start);
        operator.apply(rollouts.policy(3, 0, false));
        operator.awaitReady();

        operator.pods().scaleController(0);
        start = Instant.now();
        operator.replaceSpecOf(
                node,
                Map.of(
                        "revision",
                        "other",
                        "policy",
                        "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules: [{level: All}]\n"));
        await().atMost(Duration.ofMinutes(1))
                .until(
                        () -> operator.field("auditnode/" + node, ".status.message"),
                        message -> message.contains("\"All\""));
        printRefusal("a node's own kube-apiserver", start);
        operator.apply(rollouts.policy(3, 0, false));
        operator.pods().scaleController(1);
        operator.awaitReady();
    }

    private static void printRefusal(String by, Instant start) {
        System.out.printf(Locale.ROOT, "refused by %s, in the status after %.1f s%n", by, since(start));
    }

    @Test
    @Order(5)
    void idle() {
        var before = IdleCost.of(lab);
        await().pollDelay(IDLE).atMost(IDLE.multipliedBy(2)).until(() -> true);
        before.printUntil(IdleCost.of(lab), IDLE);
    }

    private static double since(Instant start) {
        return Duration.between(start, Instant.now()).toMillis() / 1000.0;
    }
}
