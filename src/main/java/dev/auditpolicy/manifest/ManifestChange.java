package dev.auditpolicy.manifest;

/**
 * One thing that a plan does to a manifest.
 *
 * @param action what happens
 * @param part to what kind of thing
 * @param subject the flag, volume, mount or annotation, with its new value where it has one
 */
public record ManifestChange(Action action, Part part, String subject) {

    /** What happens to a part. */
    public enum Action {
        /** It was not there. */
        ADDED,
        /** It was there and said something else. */
        CHANGED,
        /** It is there no longer. */
        REMOVED
    }

    /** The kinds of things in a manifest that this product touches. */
    public enum Part {
        /** An argument of kube-apiserver. */
        FLAG("flag"),
        /** An entry of {@code spec.volumes}. */
        VOLUME("volume"),
        /** An entry of the container's {@code volumeMounts}. */
        MOUNT("mount"),
        /** An entry of {@code metadata.annotations}. */
        ANNOTATION("annotation");

        private final String word;

        Part(String word) {
            this.word = word;
        }
    }

    boolean isOfRevision() {
        return part == Part.ANNOTATION && subject.startsWith(OwnershipMarkers.REVISION + "=");
    }

    /** One line for humans, such as "added flag --audit-log-maxage=30". */
    public String describe() {
        var verb =
                switch (action) {
                    case ADDED -> "added";
                    case CHANGED -> "changed";
                    case REMOVED -> "removed";
                };
        return verb + " " + part.word + " " + subject;
    }
}
