package dev.auditpolicy.cli;

import dev.auditpolicy.api.v1alpha1.AuditPolicy;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.manifest.flags.LogSettingsCheck;
import dev.auditpolicy.manifest.flags.ManifestProblem;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.lint.finding.Severity;
import dev.auditpolicy.policy.read.TextKind;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Converts the audit configuration of an existing cluster to an AuditPolicy. */
@Command(
        name = "import",
        description = {
            "Convert a policy file and the flags of kube-apiserver to an AuditPolicy.",
            "Fails on content that kube-apiserver silently drops (unknown fields, duplicate keys, further documents)"
                    + " and on flags without a corresponding field. Use --lenient to drop these with a warning."
        },
        exitCodeList = {
            "0:The AuditPolicy was printed.",
            "1:The policy has errors, or part of the configuration cannot be converted.",
            "2:Invalid usage, or a file can't be read."
        })
public final class ImportCommand extends OfflineCommand {

    private static final Pattern OBJECT_NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");
    private static final String DEFAULT_PATH = "/var/log/kubernetes/audit/audit.log";

    @Mixin
    private VersionOption version;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            required = true,
            description = "Policy file, or a stream or directory that contains exactly one. Use - for standard input.")
    private String policy;

    @Option(
            names = "--manifest",
            paramLabel = "FILE",
            description =
                    "Static pod manifest of kube-apiserver. Its --audit-log-* flags become spec.log, and its image tag"
                            + " sets the version unless --kubernetes-version is given.")
    private @Nullable String manifest;

    @Option(
            names = "--log-path",
            paramLabel = "PATH",
            description = "Value of spec.log.path (default: the path in the manifest, or " + DEFAULT_PATH + ").")
    private @Nullable String logPath;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = AuditPolicy.NAME,
            description = "Name of the AuditPolicy (default: ${DEFAULT-VALUE}, the only name that a cluster accepts).")
    private String name;

    @Option(
            names = "--lenient",
            description = "Drop content that cannot be converted, with a warning for each part, instead of failing.")
    private boolean lenient;

    @Override
    public Integer call() {
        checkName();
        ManifestFlags flags = manifest == null ? null : ManifestFlags.read(Input.read(manifest, spec()), spec());
        KubernetesVersion kubernetesVersion = flags == null ? version.value() : version.valueOr(flags.version());
        Optional<LogBackend> log = log(flags, kubernetesVersion);
        log.ifPresent(this::checkLog);
        Input input = PolicyFile.findOne(policy, spec());
        if (TextKind.of(input.content()) == TextKind.AUDIT_POLICY) {
            throw invalidUsage("--policy " + policy + ": already an AuditPolicy; apply it as it is");
        }
        Optional<PolicyFile> read =
                PolicyFile.read(input, kubernetesVersion, lenient ? Severity.WARNING : Severity.ERROR, spec());
        if (read.isEmpty() || log.isEmpty()) {
            return ExitCode.SOFTWARE;
        }
        out().print(AuditPolicyWriter.write(name, read.get().policy(), log.get()));
        out().flush();
        return ExitCode.OK;
    }

    /** Empty if a flag cannot be converted. */
    private Optional<LogBackend> log(@Nullable ManifestFlags flags, KubernetesVersion kubernetesVersion) {
        Optional<LogBackend> log = flags == null
                ? Optional.of(new LogBackend(DEFAULT_PATH, null, null, null, null, null, null, null, null))
                : flags.log(kubernetesVersion, lenient);
        return log.map(settings -> logPath == null ? settings : ManifestFlags.withPath(settings, logPath));
    }

    private void checkName() {
        if (!OBJECT_NAME.matcher(name).matches()) {
            throw invalidUsage(
                    "--name " + name + ": must consist of lower case alphanumeric characters, '-' or '.', and"
                            + " must start and end with an alphanumeric character");
        }
    }

    private void checkLog(LogBackend log) {
        List<ManifestProblem> problems = LogSettingsCheck.check(log);
        if (!problems.isEmpty()) {
            ManifestProblem first = problems.getFirst();
            boolean wrongPath = first.field().equals("log.path");
            throw invalidUsage(
                    wrongPath
                            ? "--log-path " + first.value() + ": " + first.message()
                            : "--manifest " + manifest + ": " + ManifestProblem.summary(problems));
        }
    }
}
