package dev.auditpolicy.cli;

import dev.auditpolicy.policy.evaluate.RequestAttributes;
import dev.auditpolicy.policy.explain.Explanation;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

    enum Format {
        TEXT,
        JSON
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text for people, json for programs (default: ${DEFAULT-VALUE}).")
    private Format format;

    @Parameters(
            paramLabel = "FILE",
            description = "An AuditPolicy or a policy file, or a stream or directory with one; - is standard input.")
    private String file;

    @Override
    public Integer call() {
        RequestAttributes attributes = request.value();
        Optional<PolicyFile> policy = PolicyFile.read(file, version.value(), command);
        policy.ifPresent(read -> write(read, attributes));
        return policy.isPresent() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private void write(PolicyFile policy, RequestAttributes attributes) {
        PrintWriter out = command.commandLine().getOut();
        Explanation explanation = Explanation.of(policy.policy(), attributes);
        switch (format) {
            case TEXT -> new ExplanationText(out, policy::rule).write(attributes, explanation);
            case JSON ->
                out.println(new ExplanationJson(policy::rule)
                        .of(attributes, explanation)
                        .toPrettyString());
        }
        out.flush();
    }
}
