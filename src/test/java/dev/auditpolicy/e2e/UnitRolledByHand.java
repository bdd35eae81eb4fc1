package dev.auditpolicy.e2e;

import static org.awaitility.Awaitility.await;

import dev.auditpolicy.lab.Lab;
import dev.auditpolicy.lab.LabException;
import java.time.Duration;

/** A rollout by hand where kube-apiserver is a unit: on each host in turn edit the policy and the unit, restart, wait for /readyz. */
final class UnitRolledByHand {

    private static final String POLICY = "/etc/kubernetes/audit-by-hand.yaml";
    private static final String UNIT = "/etc/systemd/system/kube-apiserver.service";
    private static final String ORIGINAL = "/root/kube-apiserver.service.original";

    private final Lab lab;

    UnitRolledByHand(Lab lab) {
        this.lab = lab;
    }

    /** @param mark different for each rollout */
    void roll(int mark) {
        for (var host : lab.nodes()) {
            lab.exec(host, "sh", "-ec", """
                    mkdir -p "$(dirname "$LOG")"
                    printf '%s\\n' 'apiVersion: audit.k8s.io/v1' 'kind: Policy' "# $MARK" 'rules: [{level: Metadata}]' > "$POLICY"
                    [ -e "$ORIGINAL" ] || cp "$UNIT" "$ORIGINAL"
                    flags="--audit-policy-file=$POLICY --audit-log-path=$LOG --audit-log-maxage=$MARK"
                    sed "s|^ExecStart=[^ ]*|& $flags|" "$ORIGINAL" > "$UNIT"
                    systemctl daemon-reload
                    systemctl restart kube-apiserver
                    """.replace("$LOG", AuditPolicies.LOG)
                    .replace("$POLICY", POLICY)
                    .replace("$ORIGINAL", ORIGINAL)
                    .replace("$UNIT", UNIT)
                    .replace("$MARK", Integer.toString(mark)));
            awaitReady(host);
        }
    }

    /** Makes the hosts as they were, without waiting for watches. */
    void undo() {
        for (var host : lab.nodes()) {
            lab.exec(
                    host,
                    "sh",
                    "-ec",
                    "mv " + ORIGINAL + " " + UNIT + "; rm " + POLICY + "; systemctl daemon-reload;"
                            + " systemctl kill --signal=KILL kube-apiserver; systemctl restart kube-apiserver");
            awaitReady(host);
        }
    }

    private void awaitReady(String host) {
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptionsMatching(LabException.class::isInstance)
                .until(() -> lab.isReady(host));
    }
}
