package dev.auditpolicy.e2e;

import static org.awaitility.Awaitility.await;

import dev.auditpolicy.lab.Lab;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;

/** The packaged agent as a service of one host. */
final class AgentService {

    private static final String NAME = "auditpolicy-agent";
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private final Lab lab;
    private final String host;

    AgentService(Lab lab, String host) {
        this.lab = lab;
        this.host = host;
    }

    /** Installs the package on the host, enrolls it and starts the service. */
    static void install(Lab lab, String host, AgentPackage agent) throws IOException {
        agent.copyTo(lab, host);
        AgentPackage.install(lab, host);
        var service = new AgentService(lab, host);
        service.enroll();
        service.start();
    }

    /** Gives the host a new certificate, as docs/install-systemd.md has a user do it. */
    void enroll() {
        lab.execWithInput(host, kubeconfig(), "sh", "-c", """
                set -e
                umask 077
                cat > /root/admin.conf
                rm -f /root/new.kubeconfig
                auditpolicy enroll "$(hostname)" --kubeconfig /root/admin.conf --server https://127.0.0.1:6443 -o /root/new.kubeconfig
                install -m 0600 /root/new.kubeconfig /etc/auditpolicy/agent.kubeconfig
                """);
    }

    void start() {
        lab.exec(host, "systemctl", "enable", "--now", NAME);
        awaitActive();
    }

    void awaitActive() {
        await().atMost(START_LIMIT).until(() -> property("ActiveState").equals("active"));
    }

    String property(String name) {
        return lab.exec(host, "systemctl", "show", NAME, "--property=" + name, "--value")
                .strip();
    }

    /** The lines of /proc/PID/status. */
    String processStatus() {
        return lab.readFile(host, "/proc/" + property("MainPID") + "/status");
    }

    int residentMegabytes() {
        return processStatus()
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToInt(line -> Integer.parseInt(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    /** What "systemd-analyze security" says in its last line. */
    String exposure() {
        return lab.exec(host, "sh", "-c", "systemd-analyze security --no-pager " + NAME + " | tail -1")
                .strip();
    }

    private String kubeconfig() {
        try {
            return Files.readString(lab.kubeconfig());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
