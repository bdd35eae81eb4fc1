package dev.auditpolicy.cli;

import dev.auditpolicy.policy.PolicyFileReading;
import dev.auditpolicy.policy.PolicyTextReader;
import dev.auditpolicy.policy.PolicyWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the policy file that the operator would write. */
@Command(
        name = "render",
        description = {
            "Prints the policy file that kube-apiserver gets for an AuditPolicy.",
            "Exit code 0: printed; 1: the policy is refused; 2: wrong usage, or the file can't be read."
        },
        mixinStandardHelpOptions = true)
public final class RenderCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command;

    @Mixin
    private VersionOption version;

    @Parameters(paramLabel = "FILE", description = "An AuditPolicy or a policy file; - is standard input.")
    private String file;

    @Override
    public Integer call() {
        Input input = Input.read(file, command);
        PolicyFileReading reading = new PolicyTextReader(version.value()).read(input.content());
        ProblemPrinter printer = new ProblemPrinter(command.commandLine().getErr(), input);
        reading.passedOver().forEach(printer::warning);
        return switch (reading) {
            case PolicyFileReading.Loaded loaded -> {
                command.commandLine().getOut().print(PolicyWriter.write(loaded.policy()));
                command.commandLine().getOut().flush();
                yield ExitCode.OK;
            }
            case PolicyFileReading.Refused refused -> {
                refused.problems().forEach(printer::error);
                yield ExitCode.SOFTWARE;
            }
        };
    }
}
