package dev.auditpolicy.webhook.entry;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong with a kubeconfig while it is read, each once although some fields are read twice. */
public final class Problems {

    private static final int MAX_VALUE_LENGTH = 120;

    private final Set<KubeconfigProblem> refusals = new LinkedHashSet<>();
    private final Set<KubeconfigProblem> warnings = new LinkedHashSet<>();

    /** Something with which events would be lost, or with which kube-apiserver does not start. */
    public void refuse(String field, String value, String reason, String fix) {
        refusals.add(new KubeconfigProblem(field, bounded(value), reason, fix));
    }

    /** Something that works, and probably not as it was meant. */
    public void warn(String field, String value, String reason, String fix) {
        warnings.add(new KubeconfigProblem(field, bounded(value), reason, fix));
    }

    public boolean areNone() {
        return refusals.isEmpty();
    }

    public List<KubeconfigProblem> refusals() {
        return List.copyOf(refusals);
    }

    public List<KubeconfigProblem> warnings() {
        return List.copyOf(warnings);
    }

    private static String bounded(String value) {
        return value.length() <= MAX_VALUE_LENGTH ? value : value.substring(0, MAX_VALUE_LENGTH) + "…";
    }
}
