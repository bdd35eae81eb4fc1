package dev.auditpolicy.cli;

import dev.auditpolicy.policy.KubernetesVersion;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The kube-apiserver version to check against. */
final class VersionOption {

    private static final KubernetesVersion OLDEST_SUPPORTED = new KubernetesVersion(1, 24);

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--kubernetes-version",
            paramLabel = "VERSION",
            converter = Converter.class,
            description = "kube-apiserver version to check against, 1.24 to 1.37 (default: the newest).")
    private @Nullable KubernetesVersion version;

    /** Whether it was given. */
    boolean isGiven() {
        return version != null;
    }

    /**
     * The given version, or else the newest known one. A newer one is lowered to that with a warning.
     *
     * @throws ParameterException if it is older than the oldest supported one
     */
    KubernetesVersion value() {
        if (version == null) {
            return KubernetesVersion.NEWEST_KNOWN;
        }
        if (version.compareTo(OLDEST_SUPPORTED) < 0) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--kubernetes-version " + version + ": the oldest supported version is " + OLDEST_SUPPORTED);
        }
        return nearestKnown(version);
    }

    /** The nearest version that this command knows, with a warning if it is another one. */
    KubernetesVersion nearestKnown(KubernetesVersion actual) {
        KubernetesVersion nearest = actual.compareTo(KubernetesVersion.NEWEST_KNOWN) > 0
                ? KubernetesVersion.NEWEST_KNOWN
                : actual.compareTo(OLDEST_SUPPORTED) < 0 ? OLDEST_SUPPORTED : actual;
        if (!nearest.equals(actual)) {
            spec.commandLine()
                    .getErr()
                    .println("warning: Kubernetes " + actual + " is not supported"
                            + (nearest.equals(OLDEST_SUPPORTED) ? "" : " yet") + "; checking against " + nearest);
        }
        return nearest;
    }

    /** Parses the value of the option. */
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
