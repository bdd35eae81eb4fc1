package dev.auditpolicy.cli;

import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.manifest.flags.AuditFlags;
import dev.auditpolicy.policy.write.PolicyWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the policy file that the operator would write, or the flags that it would set. */
@Command(
        name = "render",
        description = {
            "Prints the policy file that kube-apiserver gets for an AuditPolicy, or its flags.",
            "Exit code 0: printed; 1: the policy is refused; 2: wrong usage, or the file can't be read."
        },
        mixinStandardHelpOptions = true)
public final class RenderCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command;

    @Mixin
    private VersionOption version;

    @Option(names = "--flags", description = "Print kube-apiserver's flags instead, one a line.")
    private boolean flags;

    @Parameters(
            paramLabel = "FILE",
            description = "An AuditPolicy or a policy file, or a stream or directory with one; - is standard input.")
    private String file;

    @Override
    public Integer call() {
        Optional<PolicyFile> policy = PolicyFile.read(file, version.value(), command);
        policy.map(read -> flags ? flags(read.backends()) : PolicyWriter.write(read.policy()))
                .ifPresent(command.commandLine().getOut()::print);
        command.commandLine().getOut().flush();
        return policy.isPresent() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private String flags(Backends backends) {
        LogBackend log = backends.log();
        if (log == null || backends.webhook() != null) {
            throw new ParameterException(
                    command.commandLine(),
                    "--flags: the operator sets flags for spec.log, and only for that; " + file
                            + (log == null ? " has none" : " has spec.webhook too"));
        }
        return AuditFlags.of(log).entrySet().stream()
                .map(flag -> "--" + flag.getKey() + "=" + flag.getValue() + "\n")
                .collect(Collectors.joining());
    }
}
