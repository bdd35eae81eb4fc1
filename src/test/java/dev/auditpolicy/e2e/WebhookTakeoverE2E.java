package dev.auditpolicy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.cli.AuditPolicyCommand;
import dev.auditpolicy.lab.Lab;
import dev.auditpolicy.lab.LabNodes;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A webhook that somebody has set up is imported, taken over, and given back. */
@Tag("rare")
@LabNodes(1)
@ExtendWith(OperatorExtension.class)
class WebhookTakeoverE2E {

    private static final String NODE = "cp1";
    private static final String DIRECTORY = "/etc/kubernetes/pki/hook";

    private final Operator operator;
    private final Lab lab;
    private final ForeignAudit node;

    @TempDir
    private Path directory;

    private Receiver receiver;
    private String unaudited = "";

    WebhookTakeoverE2E(Operator operator) {
        this.operator = operator;
        this.lab = operator.lab();
        this.node = new ForeignAudit(operator, NODE);
    }

    @BeforeEach
    void configureByHand() throws Exception {
        receiver = new Receiver(lab, List.of(NODE), directory);
        node.stopManaging();
        lab.kubectl("-n", "auditpolicy-system", "delete", "secret", "audit-webhook", "--ignore-not-found");
        unaudited = node.manifest();
        lab.exec(NODE, "mkdir", "-p", DIRECTORY);
        writeBoth("policy.yaml", "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n- level: Metadata\n");
        writeBoth("webhook.yaml", receiver.kubeconfig("/by-hand", DIRECTORY + "/ca.crt", DIRECTORY + "/token"));
        writeBoth("ca.crt", receiver.authority());
        writeBoth("token", "token-1");
        node.replaceManifest(unaudited.replace("    - --secure-port=6443\n", """
                    - --secure-port=6443
                    - --audit-policy-file=%1$s/policy.yaml
                    - --audit-log-path=/var/log/kubernetes/audit/audit.log
                    - --audit-webhook-config-file=%1$s/webhook.yaml
                    - --audit-webhook-batch-max-wait=1s
                """.formatted(DIRECTORY)));
    }

    private void writeBoth(String name, String text) throws Exception {
        Files.writeString(directory.resolve(name), text);
        lab.writeFile(NODE, DIRECTORY + "/" + name, text);
    }

    @AfterEach
    void remove() {
        node.stopManaging();
        node.replaceManifest(unaudited);
        receiver.close();
    }

    @Test
    void goesOnUnderTheOperatorAndComesBack() throws Exception {
        var before = node.manifest();
        awaitEvents("/by-hand Bearer token-1");

        var auditPolicy = imported();
        lab.kubectl("create", "-f", directory.resolve("secret.yaml").toString());
        operator.apply(AuditPolicies.restoring(AuditPolicies.replacingForeign(auditPolicy)));
        operator.awaitReady();

        assertThat(node.manifest()).doesNotContain(DIRECTORY);
        var received = receiver.events().size();
        operator.await("events arrive", Duration.ofMinutes(1)).untilAsserted(() -> {
            lab.kubectl("get", "secrets", "--all-namespaces");
            assertThat(receiver.events()).hasSizeGreaterThan(received);
        });
        lab.kubectl("delete", "auditpolicy", "cluster");

        assertThat(node.manifest()).isEqualTo(before);
    }

    private void awaitEvents(String request) {
        operator.await("events arrive", Duration.ofMinutes(1)).untilAsserted(() -> {
            lab.kubectl("get", "secrets", "--all-namespaces");
            assertThat(receiver.events()).isNotEmpty().containsOnly(request);
        });
    }

    /** As docs/webhook.md says. */
    private String imported() throws Exception {
        var manifest = Files.writeString(directory.resolve("kube-apiserver.yaml"), node.manifest());
        var out = new StringWriter();
        var code = AuditPolicyCommand.commandLine(InstantSource.system())
                .setOut(new PrintWriter(out))
                .execute(
                        "import",
                        "--policy",
                        directory.resolve("policy.yaml").toString(),
                        "--manifest",
                        manifest.toString(),
                        "--webhook-kubeconfig",
                        directory.resolve("webhook.yaml").toString(),
                        "--webhook-secret",
                        directory.resolve("secret.yaml").toString());
        assertThat(code).isZero();
        return out.toString();
    }
}
