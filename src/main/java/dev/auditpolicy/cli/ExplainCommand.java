package dev.auditpolicy.cli;

import dev.auditpolicy.policy.RequestAttributes;
import dev.auditpolicy.policy.explain.Explanation;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says which rule of a policy decides about a request, and why none before it does. */
@Command(
        name = "explain",
        description = {
            "Says which rule decides about a request, at which level and stages it is recorded, and why the rules"
                    + " before were passed over.",
            "Exit code 0: explained; 1: the policy is refused; 2: wrong usage, or the file can't be read."
        },
        mixinStandardHelpOptions = true)
public final class ExplainCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command;

    @Mixin
    private VersionOption version;

    @Mixin
    private RequestOptions request;

    @Parameters(
            paramLabel = "FILE",
            description = "An AuditPolicy or a policy file, or a stream or directory with one; - is standard input.")
    private String file;

    @Override
    public Integer call() {
        RequestAttributes attributes = request.value();
        Optional<PolicyFile> policy = PolicyFile.read(file, version.value(), command);
        policy.ifPresent(read -> new ExplanationText(command.commandLine().getOut(), read::rule)
                .write(attributes, Explanation.of(read.policy(), attributes)));
        return policy.isPresent() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
