package dev.auditpolicy.cli;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import dev.auditpolicy.api.v1alpha1.AuditPolicy;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.cli.apiserver.ApiServerPod;
import dev.auditpolicy.cli.flags.FieldFlags;
import dev.auditpolicy.cli.flags.WebhookFlags;
import dev.auditpolicy.cli.webhook.WebhookOptions;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.PolicyProblem;
import dev.auditpolicy.policy.Quoted;
import dev.auditpolicy.policy.lint.finding.Severity;
import dev.auditpolicy.policy.read.PolicyText;
import dev.auditpolicy.policy.schema.AuditPolicyCheck;
import dev.auditpolicy.policy.schema.FittedPolicy;
import dev.auditpolicy.webhook.kubeconfig.KubeconfigReader;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Converts the audit configuration of an existing cluster to an AuditPolicy. */
@Command(
        name = "import",
        description = {
            "Convert a policy file and the flags of kube-apiserver, or what a cluster was observed to run, to an AuditPolicy.",
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

    /** Only outside of quotes for certain; a false alarm costs a line. */
    private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*#|[^'\"\\n]*[ \\t]#[ \\t][^'\"\\n]*$");

    private final InstantSource clock;

    @Mixin
    private VersionOption version;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "Policy file, or a stream or directory that contains exactly one. Use - for standard input.")
    private @Nullable String policy;

    @Parameters(
            paramLabel = "AUDITNODES",
            arity = "0..1",
            description =
                    "What kubectl get auditnodes -o yaml prints, to convert what the cluster was observed to run, instead of"
                            + " --policy and --manifest. Use - for standard input.")
    private @Nullable String auditNodes;

    @Option(
            names = "--node",
            paramLabel = "NAME",
            description =
                    "The node to convert if the nodes in AUDITNODES, or the Pods in --manifest, do not all run the same.")
    private @Nullable String node;

    @Option(
            names = "--manifest",
            paramLabel = "FILE",
            description =
                    "Manifest of kube-apiserver, in any form that kubelet takes, or of a Deployment or DaemonSet. Its"
                            + " --audit-log-* flags become spec.log, with the path on the host, and its --audit-webhook-*"
                            + " flags spec.webhook. Its image tag sets the version unless --kubernetes-version is given.")
    private @Nullable String manifest;

    @Option(
            names = "--log-path",
            paramLabel = "PATH",
            description =
                    "Value of spec.log.path (default: the path in the manifest, or " + FieldFlags.DEFAULT_PATH + ").")
    private @Nullable String logPath;

    @Mixin
    private WebhookOptions webhook;

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

    ImportCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() {
        checkName();
        checkSources();
        checkLogPath();
        webhook.conversion();
        Optional<AuditNodeSource.Stated> stated = auditNodes == null
                ? Optional.empty()
                : new AuditNodeSource(Input.read(auditNodes, spec()), spec()).read(node);
        if (auditNodes != null && stated.isEmpty()) {
            return ExitCode.SOFTWARE;
        }
        Input input = stated.map(AuditNodeSource.Stated::policy)
                .orElseGet(() -> PolicyFile.findOne(requireNonNull(policy), spec()));
        if (input.text().filter(PolicyText::isAuditPolicy).isPresent()) {
            throw new InvalidInputException("--policy " + policy + ": already an AuditPolicy; apply it as it is");
        }
        Optional<Input> flags = stated.map(AuditNodeSource.Stated::manifest)
                .or(() -> Optional.ofNullable(manifest).map(file -> Input.read(file, spec())));
        Optional<ApiServerPod> pod = flags.map(file -> ManifestFile.read(file, auditNodes == null ? node : null));
        String source = flags.map(Input::name).orElse("");
        Optional<KubernetesVersion> known = version(pod, source);
        Optional<Backends> backends = backends(pod, source, known);
        Optional<PolicyFile> read = PolicyFile.read(
                input,
                known.orElse(KubernetesVersion.NEWEST_KNOWN),
                lenient ? Severity.WARNING : Severity.ERROR,
                spec());
        if (read.isEmpty() || backends.isEmpty()) {
            return ExitCode.SOFTWARE;
        }
        Optional<String> text = text(read.get(), backends.get());
        if (text.isEmpty() || (backends.get().webhook() != null && !writesSecret(pod.orElseThrow(), source))) {
            return ExitCode.SOFTWARE;
        }
        out().print(text.get());
        out().flush();
        return ExitCode.OK;
    }

    /** Before the AuditPolicy is printed: whoever pipes that into a file has both or none. */
    private boolean writesSecret(ApiServerPod pod, String source) {
        return new WebhookImport(pod, new ManifestNotes(source, pod, err()), lenient, webhook)
                .run(new KubeconfigReader(clock));
    }

    private Optional<String> text(PolicyFile file, Backends backends) {
        Policy fitted = FittedPolicy.of(file.policy());
        String text = AuditPolicyWriter.write(name, fitted, backends);
        List<PolicyProblem> problems =
                AuditPolicyCheck.check(PolicyText.of(text.getBytes(StandardCharsets.UTF_8))
                                .root())
                        .stream()
                        .filter(problem -> problem.path().startsWith("spec.policy"))
                        .toList();
        problems.forEach(problem -> err().println(file.input().name() + ": error: an AuditPolicy cannot have that: "
                + SourceLines.printable(problem.toString())));
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        if (fitted.rules().size() > file.policy().rules().size()) {
            err().println(file.input().name()
                    + ": note: rules with longer lists than an AuditPolicy can have are divided;"
                    + " the meaning is the same");
        }
        if (COMMENT.matcher(new String(file.input().content(), StandardCharsets.UTF_8))
                .find()) {
            err().println(file.input().name() + ": note: comments are not carried over");
        }
        return Optional.of(text);
    }

    /** Empty if nothing tells it. */
    private Optional<KubernetesVersion> version(Optional<ApiServerPod> pod, String source) {
        if (version.isGiven() || pod.isEmpty()) {
            return Optional.of(version.value());
        }
        Optional<KubernetesVersion> ofImage = pod.get().version();
        if (ofImage.isEmpty()) {
            err().println(source + ": warning: the image "
                    + SourceLines.printable(Quoted.go(pod.get().image()))
                    + " does not name a version; the policy is checked against " + KubernetesVersion.NEWEST_KNOWN
                    + " unless you pass --kubernetes-version");
        }
        return ofImage.map(version::nearestKnown);
    }

    /** Empty if a flag cannot be converted. */
    private Optional<Backends> backends(Optional<ApiServerPod> pod, String source, Optional<KubernetesVersion> known) {
        Optional<Backends> backends = pod.isEmpty()
                ? Optional.of(
                        new Backends(LogBackend.at(requireNonNullElse(logPath, FieldFlags.DEFAULT_PATH)), null, null))
                : new ManifestBackends(pod.get(), new ManifestNotes(source, pod.get(), err()), lenient)
                        .read(known, logPath);
        if (webhook.areGiven()
                && backends.filter(read -> read.webhook() == null).isPresent()) {
            throw invalidUsage(
                    "--webhook-kubeconfig, --webhook-files and --webhook-secret have no effect without flag --"
                            + WebhookFlags.CONFIG_FILE + " in --manifest or AUDITNODES");
        }
        return backends;
    }

    private void checkSources() {
        if ((policy == null) == (auditNodes == null)) {
            throw invalidUsage("pass either --policy FILE, or AUDITNODES: what kubectl get auditnodes -o yaml prints");
        }
        if (auditNodes != null && manifest != null) {
            throw invalidUsage("--manifest has no effect with AUDITNODES, which state the flags");
        }
        if (auditNodes == null && manifest == null && node != null) {
            throw invalidUsage("--node has no effect without AUDITNODES or --manifest");
        }
    }

    private void checkName() {
        if (!OBJECT_NAME.matcher(name).matches()) {
            throw invalidUsage(
                    "--name " + name + ": must consist of lower case alphanumeric characters, '-' or '.', and"
                            + " must start and end with an alphanumeric character");
        }
    }

    private void checkLogPath() {
        if (logPath != null) {
            LogBackend log = LogBackend.at(logPath);
            AuditPolicyCheck.checkLog(AuditPolicyWriter.tree(log)).stream()
                    .findFirst()
                    .ifPresent(problem -> {
                        throw invalidUsage(
                                "--log-path " + logPath + ": " + problem.message() + ": " + problem.remedy());
                    });
        }
    }
}
