package dev.auditpolicy.cli;

import dev.auditpolicy.api.v1alpha1.Api;
import dev.auditpolicy.api.v1alpha1.AuditPolicy;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.manifest.LogSettingsCheck;
import dev.auditpolicy.manifest.Problem;
import dev.auditpolicy.policy.PolicyFileReader;
import dev.auditpolicy.policy.PolicyFileReading;
import dev.auditpolicy.policy.PolicyWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Turns the policy file of an existing cluster into an AuditPolicy. */
@Command(
        name = "import",
        description = {
            "Prints an AuditPolicy made from a policy file.",
            "What kube-apiserver would drop from the file in silence (unknown fields, all but the last of equal keys, a"
                    + " second document) is refused by name and line, unless --lenient.",
            "Exit code 0: printed; 1: the policy is refused; 2: wrong usage, or the file can't be read."
        },
        mixinStandardHelpOptions = true)
public final class ImportCommand implements Callable<Integer> {

    private static final Pattern OBJECT_NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");

    @Spec
    private CommandSpec command;

    @Mixin
    private VersionOption version;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            required = true,
            description = "The policy file; - is standard input.")
    private String policy;

    @Option(
            names = "--log-path",
            paramLabel = "PATH",
            defaultValue = "/var/log/kubernetes/audit/audit.log",
            description = "spec.log.path of the AuditPolicy (default: ${DEFAULT-VALUE}).")
    private String logPath;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = AuditPolicy.NAME,
            description = "Name of the AuditPolicy (default: ${DEFAULT-VALUE}, the only one that a cluster takes).")
    private String name;

    @Option(
            names = "--lenient",
            description = "Drop what kube-apiserver would drop, with a warning for each on standard error.")
    private boolean lenient;

    @Override
    public Integer call() {
        checkName();
        checkLogPath();
        Input input = Input.read(policy, command);
        PolicyFileReading reading = new PolicyFileReader(version.value()).read(input.content());
        ProblemPrinter printer = new ProblemPrinter(command.commandLine().getErr(), input);
        reading.passedOver().forEach(lenient ? printer::warning : printer::error);
        return switch (reading) {
            case PolicyFileReading.Refused refused -> {
                refused.problems().forEach(printer::error);
                yield ExitCode.SOFTWARE;
            }
            case PolicyFileReading.Loaded loaded
            when lenient || loaded.passedOver().isEmpty() -> {
                command.commandLine().getOut().print(auditPolicy(loaded.policy()));
                command.commandLine().getOut().flush();
                yield ExitCode.OK;
            }
            case PolicyFileReading.Loaded _ -> ExitCode.SOFTWARE;
        };
    }

    private void checkName() {
        if (!OBJECT_NAME.matcher(name).matches()) {
            throw new ParameterException(
                    command.commandLine(),
                    "--name " + name + ": must be a name of lower case letters, digits, '-' and '.'");
        }
    }

    private void checkLogPath() {
        List<Problem> problems =
                LogSettingsCheck.check(new LogBackend(logPath, null, null, null, null, null, null, null, null));
        if (!problems.isEmpty()) {
            throw new ParameterException(
                    command.commandLine(),
                    "--log-path " + logPath + ": " + problems.getFirst().wayOut());
        }
    }

    private String auditPolicy(Policy imported) {
        return """
                apiVersion: %s/%s
                kind: AuditPolicy
                metadata:
                  name: "%s"
                spec:
                  policy:
                %s  log:
                    path: "%s"
                """.formatted(
                Api.GROUP, Api.VERSION, name, PolicyWriter.writeFields(imported).indent(4), logPath);
    }
}
