package dev.auditpolicy.agent.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.journal.FileImage;
import dev.auditpolicy.journal.Originals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplacedFilesTest {

    private static final String OUR_POLICY = "/etc/kubernetes/audit-policy.yaml";

    @Test
    void namesTheCopyOfAPolicyThatWasAtOurPath() throws IOException {
        var manifest = Files.readString(
                        Path.of("src/test/resources/dev/auditpolicy/manifest/corpus/kops-1.35-audit-go-runner.yaml"))
                .replace("      path: /etc/kubernetes/audit\n", "      path: /srv/audit\n");

        assertThat(ReplacedFiles.describe(
                        new Originals(FileImage.rootOnly(manifest), List.of(), null),
                        Optional.empty(),
                        "/srv/audit/policy-config.yaml"))
                .contains("its policy was in /srv/audit/policy-config.yaml, and a copy of it is in"
                        + " /var/lib/auditpolicy/original-audit-policy.yaml; the kubeconfig");
    }

    @Test
    void namesTheLogAndThePolicyOnTheHost() throws IOException {
        var manifest = Files.readString(
                        Path.of("src/test/resources/dev/auditpolicy/manifest/corpus/kops-1.35-audit-go-runner.yaml"))
                .replace("      path: /etc/kubernetes/audit\n", "      path: /srv/audit\n");
        assertThat(ReplacedFiles.describe(
                        new Originals(FileImage.rootOnly(manifest), List.of(), null), Optional.empty(), OUR_POLICY))
                .isEqualTo("replaced the audit configuration that was on this node: its log stays in"
                        + " /var/log/kube-apiserver-audit.log on the node; its policy stays in"
                        + " /srv/audit/policy-config.yaml on the node; the kubeconfig of its webhook, which gets no more"
                        + " events, stays in /srv/audit/webhook-config.yaml on the node");
    }

    @Test
    void doesNotSayThatAWebhookEndsWhereAnotherTakesItsPlace() throws IOException {
        var manifest = Files.readString(
                Path.of("src/test/resources/dev/auditpolicy/manifest/corpus/kops-1.35-audit-go-runner.yaml"));
        var written = manifest.replace(
                "/etc/kubernetes/audit/webhook-config.yaml",
                "/etc/kubernetes/audit-webhook/0123456789abcdef/kubeconfig");

        assertThat(ReplacedFiles.describe(
                        new Originals(FileImage.rootOnly(manifest), List.of(), null),
                        Optional.of(FileImage.rootOnly(written)),
                        OUR_POLICY))
                .endsWith(
                        "; the kubeconfig of its webhook stays in /etc/kubernetes/audit/webhook-config.yaml on the node");
    }

    @Test
    void saysThatALogInTheContainerIsNotOnTheNode() {
        var manifest = """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: kube-apiserver
                spec:
                  containers:
                  - command:
                    - kube-apiserver
                    - --audit-log-path=/tmp/audit.log
                    name: kube-apiserver
                """;
        assertThat(ReplacedFiles.describe(
                        new Originals(FileImage.rootOnly(manifest), List.of(), null), Optional.empty(), OUR_POLICY))
                .endsWith("its log was in /tmp/audit.log of the container, in no directory of the node");
    }

    @Test
    void namesTheFilesOfAUnit() {
        var dropIn = """
                [Service]
                ExecStart=
                ExecStart=/usr/bin/kube-apiserver --audit-log-path=/new.log

                [X-AuditPolicy]
                Flags=--audit-log-path=/new.log
                Overrides=
                Replaced=--audit-log-path=/var/log/old.log --audit-policy-file=/etc/kubernetes/audit-policy.yaml
                Checksum=edited
                """;
        assertThat(ReplacedFiles.describe(
                        new Originals(FileImage.rootOnly("[Service]"), List.of(), null),
                        Optional.of(FileImage.rootOnly(dropIn)),
                        OUR_POLICY))
                .endsWith("its log stays in /var/log/old.log on the node; its policy was in " + OUR_POLICY
                        + ", and a copy of it is in /var/lib/auditpolicy/original-audit-policy.yaml");
    }
}
