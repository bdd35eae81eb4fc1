package dev.auditpolicy.cli;

import dev.auditpolicy.api.v1alpha1.NodeWebhook;
import dev.auditpolicy.cli.nodefiles.NodeFiles;
import dev.auditpolicy.manifest.flags.AuditFlags;
import dev.auditpolicy.policy.write.PolicyWriter;
import java.io.IOException;
import java.nio.file.Path;
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

    @Override
    public Integer call() {
        if (nodeFiles != null) {
            return writeNodeFiles(nodeFiles);
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
            Optional<NodeFiles> files = new DesiredNodeSource(policy.file(), policy.version(), spec())
                    .read()
                    .map(desired -> new NodeFiles(directory, desired.policy(), desired.config()));
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
        // The hash of the kubeconfig, which is in the Secret.
        String kubeconfig = NodeWebhook.DIRECTORY + "/HASH/" + NodeWebhook.KUBECONFIG_KEY;
        return AuditFlags.of(backends.log(), backends.webhook(), kubeconfig).entrySet().stream()
                .map(flag -> "--" + flag.getKey() + "=" + flag.getValue() + "\n")
                .collect(Collectors.joining());
    }
}
