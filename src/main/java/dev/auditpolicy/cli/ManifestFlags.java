package dev.auditpolicy.cli;

import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.manifest.KubeApiServerManifest;
import dev.auditpolicy.manifest.flags.ManifestProblem;
import dev.auditpolicy.policy.KubernetesVersion;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The audit flags in the static pod manifest of a kube-apiserver. */
record ManifestFlags(String name, KubeApiServerManifest manifest, CommandSpec spec) {

    /**
     * Reads a manifest.
     *
     * @throws ParameterException if it is not a kube-apiserver manifest
     */
    static ManifestFlags read(Input input, CommandSpec spec) {
        return switch (KubeApiServerManifest.parse(new String(input.content(), StandardCharsets.UTF_8))) {
            case KubeApiServerManifest.Parsed parsed -> new ManifestFlags(input.name(), parsed.manifest(), spec);
            case KubeApiServerManifest.UnsupportedManifest refused ->
                throw new ParameterException(
                        spec.commandLine(),
                        "--manifest " + input.name() + ": " + ManifestProblem.summary(refused.problems()));
        };
    }

    /** The version in the image tag, or the newest known version if the tag is not a version. */
    KubernetesVersion version() {
        String image = manifest.image();
        try {
            return KubernetesVersion.parse(image.substring(image.lastIndexOf(':') + 1));
        } catch (IllegalArgumentException _) {
            return KubernetesVersion.NEWEST_KNOWN;
        }
    }

    /**
     * Converts the flags to {@code spec.log} and prints those that cannot be converted to standard error.
     *
     * @return empty if there are such flags, unless lenient
     */
    Optional<LogBackend> log(KubernetesVersion version, boolean lenient) {
        LogFlags.Reading reading = LogFlags.of(manifest.flags(), version);
        reading.problems().forEach(problem -> spec.commandLine()
                .getErr()
                .println(
                        name + ": " + (lenient ? "warning: " : "error: ") + SourceLines.printable(problem.toString())));
        return lenient || reading.problems().isEmpty() ? Optional.of(reading.log()) : Optional.empty();
    }

    static LogBackend withPath(LogBackend log, String path) {
        return new LogBackend(
                path,
                log.maxAgeDays(),
                log.maxBackups(),
                log.maxSizeMB(),
                log.compress(),
                log.format(),
                log.mode(),
                log.batch(),
                log.truncate());
    }
}
