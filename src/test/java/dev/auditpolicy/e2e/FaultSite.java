package dev.auditpolicy.e2e;

import static dev.auditpolicy.e2e.Moment.TURN_BEGUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.auditpolicy.lab.Lab;
import dev.auditpolicy.lab.LabException;
import java.time.Duration;
import java.util.List;

/** The node that a fault is injected into. */
final class FaultSite {

    static final String MANIFEST = "/etc/kubernetes/manifests/kube-apiserver.yaml";
    static final String JOURNAL = "/var/lib/auditpolicy/journal.json";
    private static final String POLICY = "/etc/kubernetes/audit-policy.yaml";

    /** Longer than a turn in which everything goes wrong, which takes 4 minutes. */
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private static final Duration MESSAGE_LIMIT = Duration.ofMinutes(1);

    private final Lab lab;
    private final Operator operator;
    private final String node;
    private final String recorded;

    /** Records the present state of the node: a {@link Moment} is a difference from it. */
    FaultSite(Lab lab, Operator operator, String node) {
        this.lab = lab;
        this.operator = operator;
        this.node = node;
        this.recorded = "journal=%s manifest=%s policy=%s manifest_before='%s' policy_before='%s' server_before='%s'; "
                .formatted(
                        JOURNAL,
                        MANIFEST,
                        POLICY,
                        lab.exec(node, "sh", "-c", "sha256sum < " + MANIFEST).strip(),
                        lab.exec(node, "sh", "-c", "sha256sum < " + POLICY).strip(),
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
        run(recorded + "end=$(($(date +%s) + " + LIMIT.toSeconds() + ")); until " + moment.condition()
                + "; do test $(date +%s) -lt $end || exit 9; sleep 0.05; done; " + script);
    }

    void killAt(Moment moment, String... roles) {
        var patterns = List.of(roles).stream()
                .map(role -> "$(pgrep -f '[q]uarkus-run.jar " + role + "')")
                .toList();
        at(moment, "kill -9 " + String.join(" ", patterns));
    }

    /** The node restarts kubelet a second later. */
    void killKubeletAt(Moment moment) {
        at(moment, "kill -9 $(pgrep -x kubelet)");
    }

    void cutPowerAt(Moment moment) {
        at(moment, "true");
        lab.powerCut(node);
        lab.powerOn(node);
    }

    /** Deletes the Node once its turn has begun. A restarted kubelet makes another, which lacks kubeadm's label until the end. */
    void registerAgain() {
        at(TURN_BEGUN, "true");
        lab.kubectl("delete", "node", node);
        awaitMessage(node);
        run("kill -9 $(pgrep -x kubelet)");
        await("kubelet has registered the Node and its kube-apiserver is ready")
                .atMost(LIMIT)
                .ignoreExceptionsMatching(LabException.class::isInstance)
                .until(() -> !lab.kubectl("get", "node", node).isEmpty() && lab.isReady(node));
        lab.kubectl("label", "node", node, "node-role.kubernetes.io/control-plane=");
    }

    /** kubelet's probes are anonymous, too, so whoever does this on a kubeadm node replaces them. */
    void rejectAnonymousRequests() {
        editManifest("/^    - kube-apiserver$/a\\    - --anonymous-auth=false\n"
                + "s/httpGet:/tcpSocket:/; /^ *path: .*z$/d; /^ *scheme: HTTPS$/d");
    }

    void acceptAnonymousRequests() {
        editManifest("/--anonymous-auth=false/d");
    }

    /** Returns when another kube-apiserver is ready. */
    private void editManifest(String sed) {
        var before = run("pgrep -nx kube-apiserver");
        run("text=$(sed '" + sed + "' " + MANIFEST
                + ") && printf '%s\\n' \"$text\" > /root/edited.yaml && mv /root/edited.yaml " + MANIFEST);
        await("another kube-apiserver is ready")
                .atMost(LIMIT)
                .ignoreExceptionsMatching(LabException.class::isInstance)
                .until(() -> !run("pgrep -nx kube-apiserver").equals(before) && lab.isReady(node));
    }

    /** Replaces the node's agent pod. */
    void replaceAgent() {
        operator.pods().deleteAgent(node);
        operator.pods().awaitRunning();
    }

    /** Waits until the message of the AuditPolicy's condition Ready contains this. */
    void awaitMessage(String message) {
        await("the AuditPolicy reports: " + message)
                .atMost(MESSAGE_LIMIT)
                .ignoreExceptionsMatching(LabException.class::isInstance)
                .untilAsserted(() -> assertThat(operator.message("Ready")).contains(message));
    }

    /** Waits until the message of the AuditNode contains this. */
    void awaitNodeMessage(String message) {
        await("the AuditNode reports: " + message)
                .atMost(MESSAGE_LIMIT)
                .ignoreExceptionsMatching(LabException.class::isInstance)
                .untilAsserted(() -> assertThat(operator.field("auditnode/" + node, ".status.message"))
                        .contains(message));
    }

    /** Since this object was made, kube-apiserver was not restarted and its manifest not changed. */
    void assertUntouched() {
        run(recorded + "test \"$(sha256sum < $manifest)\" = \"$manifest_before\""
                + " && test \"$(pgrep -x kube-apiserver)\" = \"$server_before\"");
    }
}
