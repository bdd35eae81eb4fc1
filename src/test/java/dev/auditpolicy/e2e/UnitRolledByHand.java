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
            lab.execWithInput(
                    host,
                    policy(mark),
                    "sh",
                    "-ec",
                    """
                    policy=$1 log=$2 age=$3 unit=$4 original=$5
                    mkdir -p "$(dirname "$log")"
                    cat > "$policy"
                    [ -e "$original" ] || cp "$unit" "$original"
                    flags="--audit-policy-file=$policy --audit-log-path=$log --audit-log-maxage=$age"
                    sed "s|^ExecStart=[^ ]*|& $flags|" "$original" > "$unit"
                    systemctl daemon-reload
                    systemctl restart kube-apiserver
                    """,
                    "sh",
                    POLICY,
                    AuditPolicies.LOG,
                    Integer.toString(mark),
                    UNIT,
                    ORIGINAL);
            awaitReady(host);
        }
    }

    private static String policy(int mark) {
        return """
                apiVersion: audit.k8s.io/v1
                kind: Policy
                rules:
                - level: None
                  users: ["by-hand-%d"]
                - level: Metadata
                  resources: [{group: "", resources: [secrets, configmaps]}]
                - level: None
                """.formatted(mark);
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
