package dev.auditpolicy.e2e;

import dev.auditpolicy.e2e.ApiServerSampler.ApiServer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * A row of the table of what kubeadm does to a node under a policy.
 *
 * @param took until kubeadm and what it brought about were done
 * @param starts of kube-apiserver
 * @param unaudited how long a kube-apiserver ran that does not audit
 * @param reasons of the AuditPolicy's condition Ready, from kubeadm's start until the policy was Ready again
 * @param phases of the AuditNode, in the same time
 */
record KubeadmRun(
        String command,
        String node,
        Duration took,
        long starts,
        Duration unaudited,
        List<String> reasons,
        List<String> phases) {

    static final String HEADER = """
            | kubeadm | on | done after, s | kube-apiserver starts | unaudited, s | AuditPolicy: Ready's reasons | AuditNode: phases |
            | --- | --- | --- | --- | --- | --- | --- |""";

    /** @param running how many of them ran before */
    static KubeadmRun of(
            String command, String node, Duration took, List<ApiServer> seen, int running, StatusWords words) {
        return new KubeadmRun(
                command,
                node,
                took,
                seen.size() - running,
                ApiServerSampler.unaudited(seen),
                words.reasons(),
                words.phases());
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "| `%s` | %s | %.0f | %d | %.1f | %s | %s |",
                command,
                node,
                took.toMillis() / 1000.0,
                starts,
                unaudited.toMillis() / 1000.0,
                String.join(", ", reasons),
                String.join(", ", phases));
    }
}
