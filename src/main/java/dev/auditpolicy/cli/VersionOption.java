package dev.auditpolicy.cli;

import dev.auditpolicy.policy.KubernetesVersion;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Whose verdict is asked for. */
final class VersionOption {

    private static final KubernetesVersion OLDEST = new KubernetesVersion(1, 24);

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--kubernetes-version",
            paramLabel = "VERSION",
            converter = Converter.class,
            description = "Judge as a kube-apiserver of this version, 1.24 to 1.37 (default: the newest).")
    private KubernetesVersion version;

    /** The version, or the other one if none is given. */
    KubernetesVersion valueOr(KubernetesVersion other) {
        return version == null ? other : value();
    }

    /**
     * The version, or the newest one that is known.
     *
     * @throws ParameterException if it is older than what is known
     */
    KubernetesVersion value() {
        if (version == null) {
            return KubernetesVersion.NEWEST_KNOWN;
        }
        if (version.compareTo(OLDEST) < 0) {
            throw new ParameterException(
                    command.commandLine(),
                    "--kubernetes-version " + version + " is older than " + OLDEST + ", the oldest that is known");
        }
        if (version.compareTo(KubernetesVersion.NEWEST_KNOWN) > 0) {
            command.commandLine()
                    .getErr()
                    .println("warning: Kubernetes " + version + " is not known yet; judging as "
                            + KubernetesVersion.NEWEST_KNOWN);
            return KubernetesVersion.NEWEST_KNOWN;
        }
        return version;
    }

    /** Reads the option's value. */
    static final class Converter implements ITypeConverter<KubernetesVersion> {
        @Override
        public KubernetesVersion convert(String value) {
            try {
                return KubernetesVersion.parse(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
