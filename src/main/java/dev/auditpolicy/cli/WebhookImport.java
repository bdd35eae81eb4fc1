package dev.auditpolicy.cli;

import dev.auditpolicy.api.v1alpha1.NodeWebhook;
import dev.auditpolicy.cli.apiserver.ApiServerPod;
import dev.auditpolicy.cli.apiserver.HostFile;
import dev.auditpolicy.cli.flags.WebhookFlags;
import dev.auditpolicy.cli.webhook.CopiedFiles;
import dev.auditpolicy.cli.webhook.SecretConversion;
import dev.auditpolicy.cli.webhook.SecretText;
import dev.auditpolicy.cli.webhook.WebhookOptions;
import dev.auditpolicy.policy.PolicyProblem;
import dev.auditpolicy.webhook.entry.KubeconfigProblem;
import dev.auditpolicy.webhook.kubeconfig.KubeconfigReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ParameterException;

/** Converts the kubeconfig of the webhook to a Secret, or says how that is done. */
final class WebhookImport {

    private final ApiServerPod pod;
    private final ManifestNotes notes;
    private final boolean lenient;
    private final WebhookOptions options;
    private final String original;

    /** @param pod sends events to a webhook */
    WebhookImport(ApiServerPod pod, ManifestNotes notes, boolean lenient, WebhookOptions options) {
        this.pod = pod;
        this.notes = notes;
        this.lenient = lenient;
        this.options = options;
        this.original = Optional.ofNullable(pod.flags().get(WebhookFlags.CONFIG_FILE))
                .map(ApiServerPod.Flag::value)
                .orElse("");
    }

    /**
     * Writes the Secret.
     *
     * @param reader checks it
     * @return whether it was written, or is not to be
     * @throws ParameterException if a file cannot be read or written
     */
    boolean run(KubeconfigReader reader) {
        Optional<WebhookOptions.Conversion> conversion = options.conversion();
        if (conversion.isEmpty()) {
            explain();
            return true;
        }
        return write(conversion.get(), reader);
    }

    private void explain() {
        boolean isOurs = original.startsWith(NodeWebhook.DIRECTORY + "/");
        notes.report(
                isOurs ? "note" : "warning",
                isOurs
                        ? problem(
                                "the agent has written this file from a Secret, which spec.webhook names as "
                                        + SecretText.NAME,
                                "")
                        : problem(
                                "spec.webhook takes the kubeconfig from the Secret " + SecretText.NAME
                                        + " in the namespace "
                                        + SecretText.NAMESPACE + ", to which " + onHost(original) + " of the "
                                        + (pod.onHost(original) instanceof HostFile.OnHost ? "node" : "container")
                                        + " is not converted without --webhook-kubeconfig",
                                "copy that file and those that it names, and pass --webhook-kubeconfig FILE and"
                                        + " --webhook-secret FILE; or create the Secret yourself"));
    }

    private boolean write(WebhookOptions.Conversion conversion, KubeconfigReader reader) {
        Path file = conversion.kubeconfig();
        SecretConversion.Result result = convert(conversion, reader);
        result.notes().forEach(note -> print(file, "note", note));
        result.warnings().forEach(problem -> report(file, "warning", problem));
        result.problems().forEach(problem -> report(file, lenient ? "warning" : "error", problem));
        if (!result.problems().isEmpty() && !lenient) {
            return false;
        }
        Path secret = conversion.secret().path();
        try {
            conversion.secret().write(SecretText.of(result.keys()));
        } catch (IOException failure) {
            throw options.invalidUsage("--webhook-secret " + secret + ": " + Input.reason(failure));
        }
        print(
                secret,
                "note",
                "this is the Secret " + SecretText.NAME + " of the namespace " + SecretText.NAMESPACE
                        + ". It contains credentials: create it before the AuditPolicy, with kubectl create -f "
                        + secret
                        + ", and do not commit it");
        return true;
    }

    private SecretConversion.Result convert(WebhookOptions.Conversion conversion, KubeconfigReader reader) {
        try {
            return SecretConversion.of(
                    new CopiedFiles(conversion.kubeconfig(), conversion.files(), Path.of(original), this::onHost),
                    reader);
        } catch (IOException failure) {
            throw options.invalidUsage(
                    "--webhook-kubeconfig " + conversion.kubeconfig() + ": cannot read: " + Input.reason(failure));
        }
    }

    /** What only the container has is looked for at the same path. */
    private String onHost(String path) {
        return pod.onHost(path) instanceof HostFile.OnHost file ? file.path() : path;
    }

    private static PolicyProblem problem(String message, String remedy) {
        return new PolicyProblem("--" + WebhookFlags.CONFIG_FILE, "", message, remedy);
    }

    private void report(Path file, String severity, KubeconfigProblem problem) {
        print(
                file,
                severity,
                problem.field() + (problem.value().isEmpty() ? "" : " \"" + problem.value() + "\"") + ": "
                        + problem.reason());
        notes.err().println("  fix: " + SourceLines.printable(problem.fix()));
    }

    private void print(Path file, String severity, String text) {
        notes.err().println(file + ": " + severity + ": " + SourceLines.printable(text));
    }
}
