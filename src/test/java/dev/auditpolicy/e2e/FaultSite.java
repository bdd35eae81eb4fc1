package dev.auditpolicy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.auditpolicy.lab.Lab;
import dev.auditpolicy.lab.LabException;
import java.time.Duration;
import java.util.List;

/** The node that a fault happens to, and what can be done to it. */
final class FaultSite {

    static final String MANIFEST = "/etc/kubernetes/manifests/kube-apiserver.yaml";
    private static final String POLICY = "/etc/kubernetes/audit-policy.yaml";
    static final String JOURNAL = "/var/lib/auditpolicy/journal.json";

    /** Whatever does not come in this time never does: a turn that goes wrong in every way takes four minutes. */
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    private final Lab lab;
    private final Operator operator;
    private final String node;
    private final String remembered;

    /** Remembers the node as it is now: moments of a turn are told by what differs. */
    FaultSite(Lab lab, Operator operator, String node) {
        this.lab = lab;
        this.operator = operator;
        this.node = node;
        this.remembered =
                "journal=%s manifest=%s policy=%s manifest_before='%s' policy_before='%s' server_before='%s'; "
                        .formatted(
                                JOURNAL,
                                MANIFEST,
                                POLICY,
                                lab.exec(node, "sh", "-c", "sha256sum < " + MANIFEST)
                                        .strip(),
                                lab.exec(node, "sh", "-c", "sha256sum < " + POLICY)
                                        .strip(),
                                lab.exec(node, "pgrep", "-nx", "kube-apiserver").strip());
    }

    Lab lab() {
        return lab;
    }

    String node() {
        return node;
    }

    /** Runs a shell script on the node and returns what it printed. */
    String run(String script) {
        return lab.exec(node, "sh", "-c", script);
    }

    /** Runs the script at that moment, within milliseconds. */
    void at(Moment moment, String script) {
        run(remembered + "end=$(($(date +%s) + " + PATIENCE.toSeconds() + ")); until " + moment.condition()
                + "; do test $(date +%s) -lt $end || exit 9; sleep 0.05; done; " + script);
    }

    void killAt(Moment moment, String... roles) {
        var patterns = List.of(roles).stream()
                .map(role -> "$(pgrep -f '[q]uarkus-run.jar " + role + "')")
                .toList();
        at(moment, "kill -9 " + String.join(" ", patterns));
    }

    /** Its supervisor starts kubelet again a second later. */
    void killKubeletAt(Moment moment) {
        at(moment, "kill -9 $(pgrep -x kubelet)");
    }

    void cutPowerAt(Moment moment) {
        at(moment, "true");
        lab.powerCut(node);
        lab.powerOn(node);
    }

    /** Puts a new agent in the place of the node's. */
    void replaceAgent() {
        lab.kubectl(
                "-n",
                "auditpolicy-system",
                "delete",
                "pod",
                "-l",
                "app.kubernetes.io/component=agent",
                "--field-selector",
                "spec.nodeName=" + node);
        operator.awaitRunning();
    }

    /** Waits until the policy's status says so, in the message of Ready. */
    void awaitToldToUser(String message) {
        await().atMost(PATIENCE)
                .ignoreExceptionsMatching(LabException.class::isInstance)
                .untilAsserted(() -> assertThat(operator.message("Ready")).contains(message));
    }

    /** Neither has kube-apiserver been restarted nor its manifest been changed since this site was made. */
    void assertUntouched() {
        run(remembered + "test \"$(sha256sum < $manifest)\" = \"$manifest_before\""
                + " && test \"$(pgrep -x kube-apiserver)\" = \"$server_before\"");
    }
}
