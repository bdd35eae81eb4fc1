package dev.auditpolicy.cli;

import dev.auditpolicy.api.v1alpha1.NodeWebhook;
import dev.auditpolicy.api.v1alpha1.WebhookBackend;
import dev.auditpolicy.cli.nodefiles.NodeFiles;
import dev.auditpolicy.manifest.flags.AuditFlags;
import dev.auditpolicy.policy.write.PolicyWriter;
import dev.auditpolicy.webhook.kubeconfig.KubeconfigReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the policy file that the operator would write, or the flags that it would set, or writes all that a node needs. */
@Command(
        name = "render",
        description =
                "Print the policy file or the kube-apiserver flags that the operator generates from an AuditPolicy, or write"
                        + " the files with which a node joins a kubeadm control plane audited.",
        exitCodeList = {
            "0:The policy file or the flags were printed, or the files were written.",
            "1:The policy has errors.",
            "2:Invalid usage, or a file can't be read or written."
        })
public final class RenderCommand extends OfflineCommand {

    private final InstantSource clock;

    @Mixin
    private PolicyArgument policy;

    @Option(names = "--flags", description = "Print the kube-apiserver flags instead, one per line.")
    private boolean flags;

    @Option(
            names = "--node-files",
            paramLabel = "DIR",
            description = "Write what a node needs before kubeadm join --control-plane to a new or empty directory: the"
                    + " policy file, the directory of the log and patches for kubeadm. FILE may also be what kubectl get"
                    + " auditnodes -o yaml prints.")
    private @Nullable Path nodeFiles;

    @Option(
            names = "--webhook-secret",
            paramLabel = "FILE",
            description =
                    "The Secret that spec.webhook names, as a manifest or as kubectl get secret -o yaml prints it. The"
                            + " flags contain a hash of it, and --node-files writes its keys, readable only for you.")
    private @Nullable String webhookSecret;

    RenderCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() {
        if (nodeFiles != null) {
            return writeNodeFiles(nodeFiles);
        }
        if (webhookSecret != null && !flags) {
            throw invalidUsage("--webhook-secret has no effect without --flags or --node-files");
        }
        Optional<PolicyFile> read = policy.read();
        read.map(file -> flags ? flags(file.backends()) : PolicyWriter.write(file.policy()))
                .ifPresent(out()::print);
        out().flush();
        return read.isPresent() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private int writeNodeFiles(Path directory) {
        if (flags) {
            throw invalidUsage("--flags and --node-files exclude each other");
        }
        try {
            if (!NodeFiles.isFree(directory)) {
                throw invalidUsage(
                        "--node-files " + directory + ": the directory is not empty; nothing is overwritten");
            }
            Optional<NodeFiles> files = new DesiredNodeSource(policy.file(), policy.version(), secret(), spec())
                    .read()
                    .map(desired ->
                            new NodeFiles(directory, desired.policy(), desired.config(), desired.webhookFiles()));
            if (files.isEmpty()) {
                return ExitCode.SOFTWARE;
            }
            files.get().write();
            out().print(files.get().instructions());
            out().flush();
            return ExitCode.OK;
        } catch (IOException e) {
            throw invalidUsage("--node-files " + directory + ": cannot write: " + Input.reason(e));
        }
    }

    private String flags(Backends backends) {
        if (backends.log() == null && backends.webhook() == null) {
            throw invalidUsage("--flags: " + policy.file() + " has neither spec.log nor spec.webhook");
        }
        return AuditFlags.of(backends.log(), backends.webhook(), kubeconfig(backends.webhook())).entrySet().stream()
                .map(flag -> "--" + flag.getKey() + "=" + flag.getValue() + "\n")
                .collect(Collectors.joining());
    }

    private String kubeconfig(@Nullable WebhookBackend webhook) {
        if (webhook == null) {
            return "";
        }
        return secret().map(given -> given.compiled(webhook, policy.version()).kubeconfigPath())
                .orElseGet(() -> {
                    err().println(policy.file() + ": note: HASH stands for a hash of the kubeconfig in the Secret "
                            + webhook.kubeconfigSecret().name() + ": pass that with --webhook-secret");
                    return NodeWebhook.DIRECTORY + "/HASH/" + NodeWebhook.KUBECONFIG_KEY;
                });
    }

    private Optional<SecretArgument> secret() {
        return Optional.ofNullable(webhookSecret)
                .map(file -> SecretArgument.read(Input.read(file, spec()), new KubeconfigReader(clock)));
    }
}
