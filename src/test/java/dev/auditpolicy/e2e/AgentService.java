package dev.auditpolicy.e2e;

import static org.awaitility.Awaitility.await;

import dev.auditpolicy.lab.Lab;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The agent as a service of a host, where its package is installed. */
record AgentService(Lab lab, String host) {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** Runs on the host itself, since it has the command and is in reach of the API server. */
    void enroll() {
        lab.execWithInput(host, read(lab.kubeconfig()), "sh", "-c", """
                set -e
                umask 077
                cat > /root/admin.conf
                rm -f /root/new.kubeconfig
                auditpolicy enroll "$(hostname)" --kubeconfig /root/admin.conf --server https://127.0.0.1:6443 -o /root/new.kubeconfig
                install -m 0600 /root/new.kubeconfig /etc/auditpolicy/agent.kubeconfig
                """);
    }

    void start() {
        lab.exec(host, "systemctl", "enable", "--now", "auditpolicy-agent");
        awaitActive();
    }

    void awaitActive() {
        await().atMost(LIMIT).until(() -> property("ActiveState").equals("active"));
    }

    String property(String name) {
        return lab.exec(host, "systemctl", "show", "auditpolicy-agent", "--property=" + name, "--value")
                .strip();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
