package dev.auditpolicy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.auditpolicy.lab.Lab;
import dev.auditpolicy.lab.LabHost;
import dev.auditpolicy.lab.LabNodes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent as a service of hosts without kubelet: installed, enrolled and started as docs/install-systemd.md has a user do it. */
@Tag("rare")
@LabNodes(value = 3, host = LabHost.SYSTEMD_WITH_KUBELET)
class AgentPackageE2E {

    /** The controller is a pod of cp1. */
    private static final String HOST = "cp2";

    private static final String OTHER_HOST = "cp3";
    private static final String DROP_IN = "/etc/systemd/system/kube-apiserver.service.d/zz-auditpolicy.conf";

    /** CHOWN, DAC_OVERRIDE, FOWNER, KILL and SYS_PTRACE of capabilities(7), as bits. */
    private static final String CAPABILITIES = "000000000008002b";

    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    private static Path directory;

    private static Lab lab;
    private static AgentService service;

    @BeforeAll
    static void install() throws IOException, InterruptedException {
        lab = Lab.start(3, LabHost.SYSTEMD_WITH_KUBELET);
        service = new AgentService(lab, HOST);
        Operator.install(lab);
        lab.kubectl("delete", "auditpolicies", "--all");
        var agent = AgentPackage.build(directory);
        for (var host : new String[] {HOST, OTHER_HOST}) {
            agent.copyTo(lab, host);
            lab.exec(host, "sh", "-c", "dpkg --purge auditpolicy-agent 2> /dev/null; rm -f " + DROP_IN);
        }
        assertThat(AgentPackage.install(lab, HOST)).contains("not started", "auditpolicy enroll");
        // A start without an identity is skipped.
        lab.exec(HOST, "systemctl", "start", "auditpolicy-agent");
        assertThat(service.property("ActiveState")).isEqualTo("inactive");
        service.enroll();
        service.start();
    }

    @Test
    void writesItsStatusUnderAllRestrictions() {
        await().atMost(LIMIT).until(() -> lab.kubectl(
                        "get",
                        "auditnodes",
                        "--field-selector=metadata.name=" + HOST,
                        "-o",
                        "jsonpath={.items[*].status.phase}")
                .equals("Observed"));
        var status = service.processStatus();

        assertThat(status)
                .containsPattern("NoNewPrivs:\\s1\n")
                .containsPattern("Seccomp:\\s2\n")
                .containsPattern("CapBnd:\\s" + CAPABILITIES + "\n");
    }

    @Test
    void seesAReadOnlyHost() {
        var root = "/proc/" + service.property("MainPID") + "/root";

        assertThat(shell("touch " + root + "/etc/probe 2>&1; touch " + root + "/var/log/probe 2>&1; true"))
                .containsPattern("/etc/probe'?: Read-only file system")
                .containsPattern("/var/log/probe'?: Read-only file system");
        assertThat(shell("for d in /etc/kubernetes /etc/systemd/system /etc/auditpolicy /var/lib/auditpolicy; do"
                        + " mktemp " + root + "$d/.probe.XXXXXX | xargs rm || echo $d; done"))
                .isEmpty();
    }

    /** The agent ends with code 0 when its certificate has changed. */
    @Test
    void isStartedAgainWithAnotherCertificate() {
        var before = service.property("MainPID");

        service.enroll();

        await().atMost(LIMIT).until(() -> !service.property("MainPID").equals(before));
        service.awaitActive();
        assertThat(service.property("Result")).isEqualTo("success");
    }

    @Test
    void runsAgainAfterAnUpgrade() {
        var before = service.property("MainPID");

        AgentPackage.install(lab, HOST);

        service.awaitActive();
        assertThat(service.property("MainPID")).isNotIn("0", before);
    }

    @Test
    void aPurgeKeepsTheStateOnlyWhileADropInIsInForce() {
        AgentPackage.install(lab, OTHER_HOST);
        lab.exec(
                OTHER_HOST,
                "sh",
                "-c",
                "mkdir -p /var/lib/auditpolicy $(dirname " + DROP_IN + "); echo > " + DROP_IN
                        + "; touch /etc/auditpolicy/agent.kubeconfig");

        assertThat(purge()).contains(DROP_IN + " stays in force", "/var/lib/auditpolicy stays");
        assertThat(remains()).isEqualTo("/var/lib/auditpolicy\n");

        lab.exec(OTHER_HOST, "rm", DROP_IN);
        AgentPackage.install(lab, OTHER_HOST);
        purge();
        assertThat(remains()).isEmpty();
    }

    private static String purge() {
        return lab.exec(OTHER_HOST, "sh", "-c", "dpkg --purge auditpolicy-agent 2>&1");
    }

    private static String remains() {
        return lab.exec(
                OTHER_HOST,
                "sh",
                "-c",
                "ls -d /etc/auditpolicy /usr/bin/auditpolicy /usr/lib/auditpolicy /var/lib/auditpolicy 2> /dev/null || true");
    }

    private static String shell(String script) {
        return lab.exec(HOST, "sh", "-c", script);
    }
}
