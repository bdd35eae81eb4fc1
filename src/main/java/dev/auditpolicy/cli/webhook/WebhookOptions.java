package dev.auditpolicy.cli.webhook;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where the kubeconfig of the webhook is, and where the Secret goes that is made of it. */
public final class WebhookOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--webhook-kubeconfig",
            paramLabel = "FILE",
            description =
                    "Copy of the file that --audit-webhook-config-file names. It becomes a Secret, in which the files"
                            + " that it names are further keys. Requires --webhook-secret.")
    private @Nullable Path kubeconfig;

    @Option(
            names = "--webhook-files",
            paramLabel = "DIR",
            description =
                    "Directory with copies of the files that the kubeconfig names, by their path on the node or by"
                            + " their name (default: the directory of the kubeconfig). On the node itself, this is /.")
    private @Nullable Path files;

    @Option(
            names = "--webhook-secret",
            paramLabel = "FILE",
            description = "File to write the Secret to, readable only for you. It contains credentials, so it is never"
                    + " printed with the AuditPolicy. An existing file is not overwritten.")
    private @Nullable Path secret;

    /** What is to be converted. */
    public record Conversion(Path kubeconfig, Path files, OwnerOnlyFile secret) {}

    /** Whether one of them is given. */
    public boolean areGiven() {
        return kubeconfig != null || files != null || secret != null;
    }

    /**
     * Empty if no kubeconfig is given.
     *
     * @throws ParameterException if one of them lacks another
     */
    public Optional<Conversion> conversion() {
        if (!areGiven()) {
            return Optional.empty();
        }
        if (kubeconfig == null) {
            throw invalidUsage("--webhook-secret and --webhook-files have no effect without --webhook-kubeconfig FILE");
        }
        if (secret == null) {
            throw invalidUsage(
                    "--webhook-kubeconfig requires --webhook-secret FILE: the Secret contains credentials, so it"
                            + " is not printed with the AuditPolicy");
        }
        return Optional.of(new Conversion(
                kubeconfig, files == null ? kubeconfig.resolveSibling("") : files, new OwnerOnlyFile(secret)));
    }

    /** A file of these options cannot be read or written. */
    public ParameterException invalidUsage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
