package dev.auditpolicy.report.item;

import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.LogStatus;
import dev.auditpolicy.policy.lint.Linter;
import dev.auditpolicy.policy.lint.cluster.LintContext;
import dev.auditpolicy.policy.lint.finding.BenchmarkItem;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.Profile;
import dev.auditpolicy.report.proof.AuditNodeObject;
import dev.auditpolicy.report.proof.BackendSettings;
import dev.auditpolicy.report.proof.EndedGap;
import dev.auditpolicy.report.proof.ProofState;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the items of benchmarks are on one node. Only what a node is proven to run can pass. */
public final class NodeItems {

    /** A kube-apiserver that is known to record nothing fails these. */
    private static final Set<BenchmarkItem> ENABLED = EnumSet.of(
            BenchmarkItem.CIS_MINIMAL_POLICY,
            BenchmarkItem.STIG_ENABLED,
            BenchmarkItem.NSA_FLAGS,
            BenchmarkItem.PCI_ENABLED);

    /** These are about interruptions, too. */
    private static final Set<BenchmarkItem> CONTINUOUS =
            EnumSet.of(BenchmarkItem.PCI_ENABLED, BenchmarkItem.PCI_AUDIT_CHANGES);

    private final ProofState state;
    private final List<LintFinding> findings;
    private final Optional<LogStatus> log;
    private final Optional<String> gap;

    /**
     * The items of a node.
     *
     * @param profiles the benchmarks whose items will be asked for
     */
    public NodeItems(AuditNodeObject node, ProofState state, Set<Profile> profiles) {
        this.state = state;
        log = node.status().map(AuditNodeStatus::log);
        gap = node.status().flatMap(EndedGap::of);
        findings = state.proven()
                .map(proven -> Linter.lint(
                        proven.policy().policy(),
                        proven.settings().log().orElse(null),
                        proven.settings().webhook().orElse(null),
                        node.spec().map(AuditNodeSpec::drainSeconds).orElse(null),
                        LintContext.of(node.version()).withProfiles(profiles)))
                .orElse(List.of());
    }

    /** The outcome of an item for which there is evidence on nodes. */
    public Verdict verdict(BenchmarkItem item) {
        return switch (state) {
            case ProofState.NotProven unproven ->
                unproven.recordsNothing().isPresent() && ENABLED.contains(item)
                        ? Verdict.fail(unproven.reason())
                        : Verdict.notProven(unproven.reason());
            case ProofState.Proven proven -> verdict(item, proven);
        };
    }

    private Verdict verdict(BenchmarkItem item, ProofState.Proven proven) {
        var flag = LogFlag.of(item);
        if (flag.isPresent()) {
            return flag.get().verdict(proven.settings(), of(item));
        }
        if (item == BenchmarkItem.PCI_RETENTION) {
            return new RetentionCheck(proven.settings(), log).verdict();
        }
        if (item == BenchmarkItem.NSA_FLAGS && proven.settings() instanceof BackendSettings.Unknown unknown) {
            return Verdict.notProven(unknown.reason());
        }
        var verdict = FindingVerdict.of(item, of(item));
        return gap.isPresent() && CONTINUOUS.contains(item)
                ? new Verdict(verdict.outcome(), verdict.reason() + "; before, it " + gap.get())
                : verdict;
    }

    private List<LintFinding> of(BenchmarkItem item) {
        return findings.stream()
                .filter(finding -> finding.benchmarks().contains(item))
                .toList();
    }
}
