package dev.auditpolicy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.lab.Lab;
import dev.auditpolicy.lab.LabNodes;
import dev.auditpolicy.policy.write.PolicyWriter;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Controller, agent and guard carry a policy file as long as an AuditNode admits, with the memory of their pods. */
@LabNodes(1)
@ExtendWith(OperatorExtension.class)
class GreatestPolicyE2E {

    private static final String NODE = "cp1";
    private static final String RULES = "    rules:\n";
    private static final int MAX_RULES = 500;

    private final Operator operator;
    private final Lab lab;

    GreatestPolicyE2E(Operator operator) {
        this.operator = operator;
        this.lab = operator.lab();
    }

    @Tag("rare")
    @Test
    void isRolledOutByAgentAndGuard() throws IOException {
        operator.givenEffective();
        try {
            apply(greatest("first"));
            operator.awaitReady();
            var site = new FaultSite(lab, operator, NODE);

            apply(greatest("other"));
            site.killAt(Moment.FILES_WRITTEN, "agent");
            operator.awaitReady();

            assertThat(lab.readFile(NODE, "/etc/kubernetes/audit-policy.yaml"))
                    .contains("other")
                    .hasSizeGreaterThan(AuditNodeSpec.MAX_POLICY_LENGTH * 9 / 10);
            operator.pods().requireNoCrashLoop();
        } finally {
            lab.kubectl("delete", "auditpolicy", "cluster", "--ignore-not-found");
        }
    }

    /** Server-side: the annotation of a client-side apply has at most 256 KiB. */
    private void apply(String auditPolicy) {
        lab.kubectlWithInput(auditPolicy, "apply", "--server-side", "--force-conflicts", "-f", "-");
    }

    /** As many equal resources in each rule as fit. */
    private static String greatest(String marker) throws IOException {
        var resources = 1;
        while (length(auditPolicy(marker, resources + 1)) <= AuditNodeSpec.MAX_POLICY_LENGTH) {
            resources++;
        }
        return auditPolicy(marker, resources);
    }

    private static int length(String auditPolicy) throws IOException {
        var policy = new ObjectMapper(new YAMLFactory()).readTree(auditPolicy).at("/spec/policy");
        return PolicyWriter.write(new ObjectMapper().treeToValue(policy, Policy.class))
                .length();
    }

    private static String auditPolicy(String marker, int resources) {
        var rule = "    - {level: Metadata, users: [" + marker + "], resources: ["
                + "{group: apps, resources: [pods]}, ".repeat(resources) + "{group: apps}]}\n";
        return AuditPolicies.secrets().replace(RULES, RULES + rule.repeat(MAX_RULES));
    }
}
