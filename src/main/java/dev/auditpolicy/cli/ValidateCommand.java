package dev.auditpolicy.cli;

import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.Located;
import dev.auditpolicy.policy.PolicyFileReading;
import dev.auditpolicy.policy.PolicyTextReader;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says of each file whether a kube-apiserver would start with it. */
@Command(
        name = "validate",
        description = {
            "Says whether kube-apiserver would start with a policy.",
            "Reads policy files and AuditPolicies, of which it looks at spec.policy only. What kube-apiserver would drop"
                    + " without refusing the file is a warning.",
            "Exit code 0: it would start with every file; 1: not with one; 2: wrong usage, or a file can't be read."
        },
        mixinStandardHelpOptions = true)
public final class ValidateCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command;

    @Mixin
    private VersionOption version;

    @Option(names = "--strict", description = "Take what would be dropped for an error.")
    private boolean strict;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files to read; - is standard input.")
    private List<String> files;

    @Override
    public Integer call() {
        KubernetesVersion judge = version.value();
        boolean clean = true;
        for (String file : files) {
            clean &= validate(Input.read(file, command), judge);
        }
        return clean ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private boolean validate(Input input, KubernetesVersion judge) {
        PrintWriter out = command.commandLine().getOut();
        ProblemPrinter printer = new ProblemPrinter(out, input);
        PolicyFileReading reading = new PolicyTextReader(judge).read(input.content());
        for (Located located : reading.passedOver()) {
            if (strict) {
                printer.error(located);
            } else {
                printer.warning(located);
            }
        }
        return switch (reading) {
            case PolicyFileReading.Loaded loaded ->
                !strict || loaded.passedOver().isEmpty();
            case PolicyFileReading.Refused refused -> {
                refused.problems().forEach(printer::error);
                if (!refused.message().isEmpty()) {
                    out.println(input.name() + ": kube-apiserver " + judge
                            + " would not start: loading audit policy file: " + refused.message());
                }
                yield false;
            }
        };
    }
}
