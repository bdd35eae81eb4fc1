package dev.auditpolicy.agent.plan;

import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.journal.FileImage;
import dev.auditpolicy.journal.Journal;
import dev.auditpolicy.journal.Originals;
import dev.auditpolicy.manifest.KubeApiServerManifest;
import dev.auditpolicy.manifest.TakenParts;
import dev.auditpolicy.manifest.flags.AuditFlags;
import dev.auditpolicy.manifest.flags.Flags;
import dev.auditpolicy.manifest.flags.OwnedFlags;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What on a node is this operator's, as its journal states: annotations alone can be removed, or copied from another node.
 *
 * @param written the configurations that this operator was proven to have written, or to have taken over as they were
 * @param originals what it has replaced or kept
 * @param kept the originals with which the node was last proven, because a takeover has kept them
 */
public record Ownership(List<AuditNodeSpec> written, Optional<Originals> originals, Optional<Originals> kept) {

    /** Nothing is known but what the manifest's annotations state. */
    public static final Ownership UNKNOWN = new Ownership(List.of(), Optional.empty(), Optional.empty());

    public Ownership {
        written = List.copyOf(written);
    }

    /** What is this operator's on a node on which it has kept nothing of somebody else. */
    Ownership(List<AuditNodeSpec> written, Optional<Originals> originals) {
        this(written, originals, Optional.empty());
    }

    public static Ownership of(Journal journal) {
        // An open turn has written no flag without the annotation. Before that, the same flags are somebody else's.
        return new Ownership(
                journal.lastProven().stream().toList(), journal.currentOriginals(), journal.keptOriginals());
    }

    /** Whether this operator has never changed the node, or has given it back, as far as its journal and the manifest show. */
    public boolean isNone(KubeApiServerManifest manifest) {
        return written.isEmpty() && originals.isEmpty() && !manifest.hasMark();
    }

    public OwnedFlags flags() {
        return OwnedFlags.of(written);
    }

    /**
     * Whether a takeover has kept the configuration that {@code manifest} has: it has no part of ours, so nothing was taken out
     * of it. Without an audit flag, somebody has written it anew.
     */
    public boolean keeps(KubeApiServerManifest manifest) {
        return kept.isPresent()
                && !manifest.hasMark()
                && !Flags.of(manifest.argv()).audit().isEmpty();
    }

    public boolean keeps(Optional<FileImage> manifest) {
        return kept.isPresent()
                && manifest.flatMap(image ->
                                KubeApiServerManifest.parse(image.text()).supported())
                        .filter(this::keeps)
                        .isPresent();
    }

    /** The audit flags that a takeover has kept; none if it has not. */
    private Map<String, String> keptFlags() {
        return RestorePlanner.flags(kept.map(Originals::manifest));
    }

    /** The flags with which a kube-apiserver that has {@code live} ones runs {@code spec}. */
    public Map<String, String> flags(AuditNodeSpec spec, Map<String, String> live) {
        return kept.isPresent() && isWritten(spec) && live.equals(keptFlags()) ? live : AuditFlags.of(spec);
    }

    /** {@code spec} with the text of its policy that is on the node, if a takeover has kept that. */
    public AuditNodeSpec asKept(AuditNodeSpec spec) {
        return kept.isPresent() && isWritten(spec) && !spec.restores()
                ? spec.withPolicy(written.getFirst().policy())
                : spec;
    }

    /** Whether a takeover has kept for {@code spec} what the files are: the journal needs no other record of them. */
    boolean hasKept(AuditNodeSpec spec, Map<String, String> flags, Optional<FileImage> policy) {
        return kept.isPresent()
                && isWritten(spec)
                && flags.equals(keptFlags())
                && policy.filter(this::isOurs).isPresent();
    }

    /** Whether the manifest has the audit flags that a takeover has kept, so that they are as good as ours. */
    boolean keepsFlagsOf(FileImage manifest) {
        return keeps(Optional.of(manifest))
                && RestorePlanner.flags(Optional.of(manifest)).equals(keptFlags());
    }

    private boolean isWritten(AuditNodeSpec spec) {
        return written.stream().map(AuditNodeSpec::revision).anyMatch(spec.revision()::equals);
    }

    /** What giving the node back puts into its manifest. */
    public TakenParts taken() {
        return originals
                .map(replaced -> new TakenParts(replaced.manifest().text(), replaced.foreignLines()))
                .orElse(TakenParts.NONE);
    }

    boolean isOurs(FileImage policy) {
        return written.stream().anyMatch(spec -> spec.policy().equals(policy.text()));
    }
}
