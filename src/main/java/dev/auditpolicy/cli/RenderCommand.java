package dev.auditpolicy.cli;

import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.manifest.flags.AuditFlags;
import dev.auditpolicy.policy.write.PolicyWriter;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the policy file that the operator would write, or the flags that it would set. */
@Command(
        name = "render",
        description =
                "Print the policy file or the kube-apiserver flags that the operator generates from an AuditPolicy.",
        exitCodeList = {
            "0:The policy file or the flags were printed.",
            "1:The policy has errors.",
            "2:Invalid usage, or the file can't be read."
        })
public final class RenderCommand extends OfflineCommand {

    @Mixin
    private PolicyArgument policy;

    @Option(names = "--flags", description = "Print the kube-apiserver flags instead, one per line.")
    private boolean flags;

    @Override
    public Integer call() {
        Optional<PolicyFile> read = policy.read();
        read.map(file -> flags ? flags(file.backends()) : PolicyWriter.write(file.policy()))
                .ifPresent(out()::print);
        out().flush();
        return read.isPresent() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private String flags(Backends backends) {
        LogBackend log = backends.log();
        if (log == null || backends.webhook() != null) {
            throw invalidUsage("--flags: only the flags of spec.log can be rendered; " + policy.file()
                    + (log == null ? " has no spec.log" : " also has spec.webhook"));
        }
        return AuditFlags.of(log).entrySet().stream()
                .map(flag -> "--" + flag.getKey() + "=" + flag.getValue() + "\n")
                .collect(Collectors.joining());
    }
}
