package dev.auditpolicy.cli;

import dev.auditpolicy.api.v1alpha1.NodeWebhook;
import dev.auditpolicy.api.v1alpha1.WebhookBackend;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.lint.finding.Severity;
import dev.auditpolicy.policy.read.PolicyText;
import dev.auditpolicy.policy.tree.Tree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** An AuditPolicy, or the AuditNodes that the operator has compiled it to. */
final class DesiredNodeSource {

    private final String name;
    private final KubernetesVersion version;
    private final Optional<SecretArgument> secret;
    private final CommandSpec spec;

    /**
     * @param name of a file or directory, or {@code -} for standard input
     * @param secret that of the webhook
     */
    DesiredNodeSource(String name, KubernetesVersion version, Optional<SecretArgument> secret, CommandSpec spec) {
        this.name = name;
        this.version = version;
        this.secret = secret;
        this.spec = spec;
    }

    /**
     * Reads it. Prints the problems of a policy, and whether a node that joins now is to run something else at first.
     *
     * @return empty if kube-apiserver would reject the policy
     * @throws ParameterException if there is not exactly one AuditPolicy, and no AuditNode
     * @throws InvalidInputException if the operator would not roll it out, or the AuditNodes differ
     */
    Optional<DesiredNode> read() {
        if (!Input.isStandardInput(name) && Files.isDirectory(Path.of(name))) {
            return PolicyFile.read(name, version, spec).map(this::ofAuditPolicy);
        }
        Input input = Input.read(name, spec);
        List<Input> policies = Manifests.of(input).policiesIfAny().stream()
                .filter(policy -> !policy.isContained())
                .toList();
        return switch (policies.size()) {
            case 0 -> Optional.of(new DesiredAuditNodes(input, spec).read(secret));
            case 1 ->
                PolicyFile.read(policies.getFirst(), version, Severity.WARNING, spec)
                        .map(this::ofAuditPolicy);
            default ->
                throw new ParameterException(
                        spec.commandLine(),
                        name + ": contains " + policies.size() + " policies; specify a file with exactly one");
        };
    }

    private DesiredNode ofAuditPolicy(PolicyFile file) {
        Backends backends = file.backends();
        WebhookBackend webhook = backends.webhook();
        if (backends.log() == null && webhook == null) {
            throw new InvalidInputException(file.input().name()
                    + ": has neither spec.log nor spec.webhook: pass an AuditPolicy, or what kubectl get auditnodes -o yaml"
                    + " prints");
        }
        if (webhook != null && secret.isEmpty()) {
            throw new InvalidInputException(file.input().name()
                    + ": has spec.webhook, whose kubeconfig is in a Secret: pass that with --webhook-secret, as kubectl get"
                    + " secret " + webhook.kubeconfigSecret().name()
                    + " -o yaml prints it; or remove spec.webhook from a"
                    + " copy of this file, and the operator adds the webhook in the first turn of the node");
        }
        Optional<NodeWebhook> compiled = Optional.ofNullable(webhook)
                .flatMap(settings -> secret.map(given -> given.compiled(settings, version)));
        DesiredNode desired = DesiredNode.of(
                file,
                compiled,
                compiled.flatMap(_ -> secret).map(SecretArgument::keys).orElse(Map.of()));
        file.input()
                .text()
                .flatMap(DesiredNodeSource::committedRevision)
                .filter(committed -> !committed.equals(desired.config().revision()))
                .ifPresent(committed -> warn(file.input(), committed, desired));
        return desired;
    }

    private static Optional<String> committedRevision(PolicyText auditPolicy) {
        return auditPolicy
                .root()
                .field("status")
                .flatMap(status -> status.field("committedRevision"))
                .flatMap(value -> value instanceof Tree.Text text ? Optional.of(text.value()) : Optional.empty());
    }

    /** Its turn restarts kube-apiserver, which is what these files are to save. */
    private void warn(Input input, String committed, DesiredNode desired) {
        spec.commandLine()
                .getErr()
                .println(input.name() + ": warning: this is revision "
                        + desired.config().revision()
                        + ", and the last one that was proven on every node is " + SourceLines.printable(committed)
                        + ": until the rollout has ended, the operator changes a new node to that one first");
    }
}
