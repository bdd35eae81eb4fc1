package dev.auditpolicy.agent.plan;

import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.journal.FileImages;
import dev.auditpolicy.manifest.ManifestPlanner;
import dev.auditpolicy.manifest.Plan;
import dev.auditpolicy.manifest.TakenParts;
import dev.auditpolicy.manifest.flags.DesiredAuditConfig;
import java.util.Optional;

/** Takes a turn out of a manifest that somebody has changed since. */
record ManifestRevert(FileImages images, Optional<AuditNodeSpec> lastVerified, boolean hasReturned) {

    String revert(String text) {
        var before = images.before().orElseThrow().text();
        if (text.equals(before)) {
            return text;
        }
        var manifests = new ManifestPlanner();
        var plan = lastVerified
                .map(spec -> planAgain(text, DesiredAuditConfig.of(spec)))
                .orElseGet(() -> manifests.planRemoval(text));
        var reverted = text(plan, text);
        var taken = new TakenParts(before, images.takenLines());
        return taken.isEmpty() ? reverted : text(manifests.planReturn(reverted, taken), reverted);
    }

    private Plan planAgain(String text, DesiredAuditConfig desired) {
        var manifests = new ManifestPlanner();
        return hasReturned ? manifests.planTakeover(text, desired) : manifests.plan(text, desired);
    }

    private static String text(Plan plan, String unchanged) {
        return switch (plan) {
            case Plan.Patched patched -> patched.text();
            case Plan.Unchanged _, Plan.Unpatchable _ -> unchanged;
        };
    }
}
