package dev.auditpolicy.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The texts that a command about any number of policies reads. */
final class InputFiles {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description =
                    "Policy files, AuditPolicies, manifests with such among them, or directories with any of these;"
                            + " - is standard input.")
    private List<String> files;

    /**
     * The texts with one policy each.
     *
     * @throws ParameterException as {@link PolicySource#policies} does
     */
    List<Input> policies() {
        return files.stream()
                .flatMap(name -> new PolicySource(name, command).policies().stream())
                .toList();
    }
}
