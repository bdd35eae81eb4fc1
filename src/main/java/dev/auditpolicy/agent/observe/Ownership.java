package dev.auditpolicy.agent.observe;

import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.Observed.Owner;
import dev.auditpolicy.journal.Journal;
import dev.auditpolicy.journal.OpenTurn;
import dev.auditpolicy.manifest.KubeApiServerManifest;
import dev.auditpolicy.manifest.flags.AuditFlags;
import dev.auditpolicy.manifest.flags.Flags;
import dev.auditpolicy.unit.UnitState;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whose audit flags a kube-apiserver has. The journal is the truth.
 *
 * @param marked the names of the flags that manifest or drop-in call this operator's: a hint
 */
record Ownership(Journal journal, Set<String> marked) {

    static Ownership of(Journal journal, NodeSnapshot node) {
        return new Ownership(
                journal,
                node.unit()
                        .map(UnitState::ownFlags)
                        .or(() -> node.manifest()
                                .flatMap(image -> KubeApiServerManifest.parse(image.text())
                                        .supported())
                                .map(KubeApiServerManifest::ownedFlags))
                        .orElse(Set.of()));
    }

    /** @param live the audit flags of the running process */
    Owner of(Map<String, String> live) {
        if (live.isEmpty()) {
            return Owner.NONE;
        }
        if (isKept(live)) {
            return Owner.OPERATOR;
        }
        var ours = live.entrySet().stream()
                .filter(flag -> marked.contains(flag.getKey()) || isInJournal(flag))
                .count();
        if (ours == 0) {
            return Owner.FOREIGN;
        }
        return ours == live.size() ? Owner.OPERATOR : Owner.MIXED;
    }

    /** Whether a takeover has kept these flags, so that they are as good as ours. */
    private boolean isKept(Map<String, String> live) {
        return journal.keptOriginals()
                .flatMap(originals ->
                        KubeApiServerManifest.parse(originals.manifest().text()).supported())
                .filter(kept -> Flags.of(kept.argv()).audit().equals(live))
                .isPresent();
    }

    private boolean isInJournal(Map.Entry<String, String> flag) {
        return Stream.concat(journal.lastProven().stream(), journal.openTurn().map(OpenTurn::spec).stream())
                .filter(spec -> !spec.restores())
                .map(AuditNodeSpec::log)
                .map(AuditFlags::of)
                .anyMatch(flags -> flag.getValue().equals(flags.get(flag.getKey())));
    }
}
