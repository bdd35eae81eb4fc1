package dev.auditpolicy.manifest;

/**
 * One change that a plan makes to a manifest.
 *
 * @param action the kind of change
 * @param part the kind of part that changes
 * @param subject the flag, volume, mount or annotation, with its new value if it has one
 */
public record ManifestChange(Action action, Part part, String subject) {

    /** The kinds of changes. */
    public enum Action {
        ADDED,
        CHANGED,
        REMOVED
    }

    /** The kinds of parts in a manifest that the operator owns. */
    public enum Part {
        /** An argument of kube-apiserver. */
        FLAG("flag"),
        /** An entry of {@code spec.volumes}. */
        VOLUME("volume"),
        /** An entry of the container's {@code volumeMounts}. */
        MOUNT("mount"),
        /** The annotation with the names of our flags. */
        FLAGS_ANNOTATION("annotation"),
        /** The annotation with the revision. */
        REVISION_ANNOTATION("annotation"),
        /** The annotation with the time at which our parts were put back. */
        REAPPLIED_ANNOTATION("annotation");

        private final String label;

        Part(String label) {
            this.label = label;
        }
    }

    /** One readable line, such as "added flag --audit-log-maxage=30". */
    public String describe() {
        var verb =
                switch (action) {
                    case ADDED -> "added";
                    case CHANGED -> "changed";
                    case REMOVED -> "removed";
                };
        return verb + " " + what();
    }

    /** The part that changes, such as "flag --audit-log-maxage=30". */
    public String what() {
        return part.label + " " + subject;
    }
}
