package dev.auditpolicy.cli;

import dev.auditpolicy.api.v1alpha1.AuditPolicy;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.manifest.flags.LogSettingsCheck;
import dev.auditpolicy.manifest.flags.ManifestProblem;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.lint.Severity;
import dev.auditpolicy.policy.read.TextKind;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Turns the set-up of an existing cluster into an AuditPolicy. */
@Command(
        name = "import",
        description = {
            "Prints an AuditPolicy made from a policy file, and from the flags in a manifest of kube-apiserver.",
            "What kube-apiserver would drop from the file in silence (unknown fields, all but the last of equal keys, a"
                    + " second document), and flags that an AuditPolicy has no field for, are refused by name, unless"
                    + " --lenient.",
            "Exit code 0: printed; 1: something is refused; 2: wrong usage, or a file can't be read."
        },
        mixinStandardHelpOptions = true)
public final class ImportCommand implements Callable<Integer> {

    private static final Pattern OBJECT_NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");
    private static final String DEFAULT_PATH = "/var/log/kubernetes/audit/audit.log";

    @Spec
    private CommandSpec command;

    @Mixin
    private VersionOption version;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            required = true,
            description = "The policy file, or a stream or directory with one; - is standard input.")
    private String policy;

    @Option(
            names = "--manifest",
            paramLabel = "FILE",
            description =
                    "The static pod manifest of kube-apiserver, whose --audit-log-* flags become spec.log; its image"
                            + " tells the version unless --kubernetes-version does.")
    private String manifest;

    @Option(
            names = "--log-path",
            paramLabel = "PATH",
            description = "spec.log.path of the AuditPolicy (default: the manifest's, else " + DEFAULT_PATH + ").")
    private String logPath;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = AuditPolicy.NAME,
            description = "Name of the AuditPolicy (default: ${DEFAULT-VALUE}, the only one that a cluster takes).")
    private String name;

    @Option(
            names = "--lenient",
            description = "Drop what kube-apiserver would drop, and flags without a field, with a warning for each on"
                    + " standard error.")
    private boolean lenient;

    @Override
    public Integer call() {
        checkName();
        ManifestFlags flags = manifest == null ? null : ManifestFlags.read(Input.read(manifest, command), command);
        KubernetesVersion judge = flags == null ? version.value() : version.valueOr(flags.version());
        Optional<LogBackend> log = flags == null
                ? Optional.of(new LogBackend(DEFAULT_PATH, null, null, null, null, null, null, null, null))
                : flags.log(judge, lenient);
        Optional<LogBackend> atPath =
                log.map(settings -> logPath == null ? settings : ManifestFlags.at(logPath, settings));
        atPath.ifPresent(this::check);
        Input input = PolicyFile.one(policy, command);
        if (TextKind.of(input.content()) == TextKind.AUDIT_POLICY) {
            throw new ParameterException(
                    command.commandLine(), "--policy " + policy + ": is an AuditPolicy already: apply it as it is");
        }
        Optional<PolicyFile> read = PolicyFile.read(input, judge, lenient ? Severity.WARNING : Severity.ERROR, command);
        if (read.isEmpty() || atPath.isEmpty()) {
            return ExitCode.SOFTWARE;
        }
        command.commandLine().getOut().print(AuditPolicyText.of(name, read.get().policy(), atPath.get()));
        command.commandLine().getOut().flush();
        return ExitCode.OK;
    }

    private void checkName() {
        if (!OBJECT_NAME.matcher(name).matches()) {
            throw new ParameterException(
                    command.commandLine(),
                    "--name " + name + ": must be a name of lower case letters, digits, '-' and '.'");
        }
    }

    private void check(LogBackend log) {
        List<ManifestProblem> problems = LogSettingsCheck.check(log);
        if (!problems.isEmpty()) {
            ManifestProblem first = problems.getFirst();
            boolean path = first.field().equals("log.path");
            throw new ParameterException(
                    command.commandLine(),
                    path
                            ? "--log-path " + first.value() + ": " + first.message()
                            : "--manifest " + manifest + ": " + ManifestProblem.summary(problems));
        }
    }
}
