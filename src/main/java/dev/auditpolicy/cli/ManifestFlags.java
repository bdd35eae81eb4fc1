package dev.auditpolicy.cli;

import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.manifest.KubeApiServerManifest;
import dev.auditpolicy.manifest.flags.ManifestProblem;
import dev.auditpolicy.policy.KubernetesVersion;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The audit flags of a kube-apiserver's static pod manifest. */
record ManifestFlags(String name, KubeApiServerManifest manifest, CommandSpec command) {

    /**
     * Reads a manifest.
     *
     * @throws ParameterException if it is none
     */
    static ManifestFlags read(Input input, CommandSpec command) {
        return switch (KubeApiServerManifest.parse(new String(input.content(), StandardCharsets.UTF_8))) {
            case KubeApiServerManifest.Parsed parsed -> new ManifestFlags(input.name(), parsed.manifest(), command);
            case KubeApiServerManifest.UnsupportedManifest unsupported ->
                throw new ParameterException(
                        command.commandLine(),
                        "--manifest " + input.name() + ": " + ManifestProblem.summary(unsupported.problems()));
        };
    }

    /** The version in the image's tag; the newest known if it has another tag. */
    KubernetesVersion version() {
        String image = manifest.image();
        try {
            return KubernetesVersion.parse(image.substring(image.lastIndexOf(':') + 1));
        } catch (IllegalArgumentException _) {
            return KubernetesVersion.NEWEST_KNOWN;
        }
    }

    /**
     * The settings of the log.
     *
     * @return empty if a flag can't be expressed, which is told on standard error
     */
    Optional<LogBackend> log(KubernetesVersion version, boolean lenient) {
        LogFlags.Reading reading = LogFlags.of(manifest.flags(), version);
        reading.problems().forEach(problem -> command.commandLine()
                .getErr()
                .println(name + ": " + (lenient ? "warning: " : "error: ") + SourceLines.visible(problem.toString())));
        return lenient || reading.problems().isEmpty() ? Optional.of(reading.log()) : Optional.empty();
    }

    /** The same settings with another path. */
    static LogBackend at(String path, LogBackend log) {
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
