package dev.auditpolicy.agent.turn;

import static java.util.stream.Collectors.joining;

import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import java.util.stream.IntStream;

/** The greatest policies that the API server admits, of many short parts, which take more memory than long ones. */
public final class GreatestPolicy {

    private static final String RESOURCE = "  - {group: apps, resources: [pods, jobs]}\n";

    private GreatestPolicy() {}

    /** A policy file with as many characters as an AuditNode may have. */
    public static String file() {
        return file(AuditNodeSpec.MAX_POLICY_LENGTH);
    }

    private static String file(int length) {
        var head = "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n";
        var last = "- level: Metadata\n  users:\n  - user-";
        var rule = "- level: Metadata\n  resources:\n" + RESOURCE.repeat(20);
        var rules = (length - head.length() - last.length() - 20) / rule.length();
        var text = head + rule.repeat(rules) + last;
        return text + "x".repeat(length - text.length() - 1) + "\n";
    }

    /** An AuditPolicy that etcd just accepts. Its policy file is too long, but each agent watches it. */
    static String auditPolicy() {
        var rule = "    - level: Metadata\n      resources:\n"
                + IntStream.range(0, 44)
                        .mapToObj("      - {group: group-%d.example.com, resources: [pods, deployments]}\n"::formatted)
                        .collect(joining());
        return """
                apiVersion: auditpolicy.dev/v1alpha1
                kind: AuditPolicy
                metadata: {name: cluster}
                spec:
                  log: {path: /var/log/kubernetes/audit/audit.log}
                  policy:
                    rules:
                """ + rule.repeat(512);
    }
}
