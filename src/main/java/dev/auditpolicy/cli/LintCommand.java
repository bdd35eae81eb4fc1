package dev.auditpolicy.cli;

import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.cli.logs.LogFiles;
import dev.auditpolicy.policy.lint.Linter;
import dev.auditpolicy.policy.lint.cluster.BuiltInApi;
import dev.auditpolicy.policy.lint.cluster.LintContext;
import dev.auditpolicy.policy.lint.finding.BenchmarkItem;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.Profile;
import dev.auditpolicy.policy.lint.finding.Severity;
import dev.auditpolicy.policy.read.PolicyText;
import dev.auditpolicy.replay.rules.RuleUse;
import dev.auditpolicy.replay.rules.UnneededRules;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Finds likely mistakes in policies that kube-apiserver would load. */
@Command(
        name = "lint",
        description = {
            "Find likely mistakes in a policy.",
            "Reports, among other things, rules that no request reaches, values that match nothing, secrets in the log and"
                    + " lost events."
        },
        exitCodeList = {
            "0:No findings, or only informational ones.",
            "1:At least one error or warning.",
            "2:Invalid usage, or a file can't be read."
        })
public final class LintCommand extends OfflineCommand {

    @Mixin
    private PolicyChecks checks;

    @Mixin
    private ClusterOptions cluster;

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            split = ",",
            description = "Also check the audit items of these benchmarks: cis (CIS Kubernetes Benchmark), stig (DISA"
                    + " Kubernetes STIG), nsa (Kubernetes Hardening Guide of NSA and CISA), pci (PCI DSS).")
    private Set<Profile> profiles = Set.of();

    @Option(
            names = "--only-profile",
            description = "Report only what the items of --profile require: benchmarks contradict each other and the"
                    + " checks of this tool.")
    private boolean onlyProfile;

    @Option(
            names = "--nodes",
            paramLabel = "FILE",
            description =
                    "With --profile pci: also check how long the log of each node keeps events. AuditNodes, as kubectl"
                            + " get auditnodes -o yaml prints them; use - for standard input.")
    private @Nullable String nodes;

    @Option(
            names = "--ignore",
            paramLabel = "CODE",
            split = ",",
            description = "Suppress findings with these codes (AP401) or names (noisy-events).")
    private List<String> ignored = List.of();

    @Mixin
    private LogFiles logFiles;

    @Option(
            names = "--log",
            paramLabel = "LOG",
            description = "Also find rules, users and groups without an event in these audit logs. "
                    + LogFiles.DESCRIPTION + " May be given several times.")
    private List<String> logs = List.of();

    @Option(names = "--strict", description = "Exit with code 1 on informational findings too.")
    private boolean strict;

    @Override
    public Integer call() {
        if (onlyProfile && profiles.isEmpty()) {
            throw invalidUsage("--only-profile: name the benchmarks with --profile, such as --profile stig");
        }
        // By default the newest version whose resources are all known: of a newer one, an unknown name may be a
        // resource.
        LintContext context = cluster.addTo(LintContext.of(checks.versionOr(BuiltInApi.NEWEST))
                .withProfiles(profiles)
                .silencing(ignoredCodes()));
        return checks.run(
                input -> report(input, context),
                ofNodes(context),
                diagnostic -> strict || diagnostic.severity() != Severity.INFO);
    }

    private List<Report> ofNodes(LintContext context) {
        if (nodes == null) {
            return List.of();
        }
        if (!profiles.contains(Profile.PCI)) {
            throw invalidUsage("--nodes: only --profile pci has an item about the retention on each node");
        }
        return context.silenced().contains(FindingCode.SHORT_RETENTION)
                ? List.of()
                : List.of(NodeRetention.report(Input.read(nodes, spec()), spec()));
    }

    private List<FindingCode> ignoredCodes() {
        return ignored.stream()
                .filter(name -> !isDropped(name))
                .map(name -> FindingCode.find(name)
                        .orElseThrow(() -> invalidUsage("--ignore " + name
                                + (name.equalsIgnoreCase(Diagnostic.REJECTED)
                                        ? ": kube-apiserver would not start with such a policy"
                                        : ": unknown code; use a code or name from the output, such as AP401 or"
                                                + " noisy-events"))))
                .toList();
    }

    private static boolean isDropped(String name) {
        return name.equalsIgnoreCase(Diagnostic.DROPPED) || name.equalsIgnoreCase("dropped");
    }

    private Report report(Input input, LintContext context) {
        ParsedInput parsed = ParsedInput.of(input, context.oldest());
        Stream<Diagnostic> findings = parsed.rejected().isEmpty()
                ? parsed.policy().stream().flatMap(policy -> findings(parsed, policy, context))
                : Stream.empty();
        Stream<Diagnostic> read = parsed.diagnostics()
                .filter(diagnostic -> !diagnostic.code().equals(Diagnostic.DROPPED)
                        || ignored.stream().noneMatch(LintCommand::isDropped));
        return new Report(
                input,
                Stream.concat(read, findings)
                        .sorted(Comparator.comparing(Diagnostic::severity))
                        .toList());
    }

    private Stream<Diagnostic> findings(ParsedInput parsed, Policy policy, LintContext context) {
        PolicyText text = parsed.input().text().orElseThrow();
        Backends backends = parsed.backends();
        // An API server would set the defaults.
        LogBackend log = backends.log();
        List<LintFinding> findings = Linter.lint(
                policy, log == null ? null : log.withDefaults(), backends.webhook(), backends.drainSeconds(), context);
        return Stream.concat(findings.stream(), findingsInLogs(policy, context))
                .filter(finding -> !onlyProfile || !finding.benchmarks().isEmpty())
                .map(finding -> text.isAuditPolicy() ? finding.inAuditPolicy(parsed.origins()) : finding)
                .filter(finding -> !finding.endsWithTemporaryRules())
                .map(finding -> diagnostic(finding, text));
    }

    private Stream<LintFinding> findingsInLogs(Policy policy, LintContext context) {
        if (logs.isEmpty()) {
            return Stream.empty();
        }
        RuleUse use = logFiles.read(logs, () -> new RuleUse(policy), (first, second) -> {
                    first.add(second);
                    return first;
                })
                .counted();
        return new UnneededRules(use)
                .findings().stream().filter(finding -> !context.silenced().contains(finding.code()));
    }

    private static Diagnostic diagnostic(LintFinding finding, PolicyText text) {
        return new Diagnostic(
                finding.severity(),
                finding.code().id(),
                finding.code().slug(),
                text.position(finding.path()),
                finding.path(),
                finding.reason(),
                finding.fix(),
                finding.benchmarks().stream().map(BenchmarkItem::toString).toList());
    }
}
