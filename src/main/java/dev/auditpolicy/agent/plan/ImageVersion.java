package dev.auditpolicy.agent.plan;

import dev.auditpolicy.policy.KubernetesVersion;
import java.util.Optional;
import java.util.regex.Pattern;

/** The version of the kube-apiserver in an image, from its tag. */
public final class ImageVersion {

    /** A port of the registry is followed by a slash, a tag is not. */
    private static final Pattern TAG = Pattern.compile("[^@]*:([^:/@]+)(?:@.*)?");

    private ImageVersion() {}

    /** Empty if the tag is missing or none of a release, or if this release of the operator does not know that version. */
    public static Optional<KubernetesVersion> of(String image) {
        var tag = TAG.matcher(image);
        try {
            return tag.matches()
                    ? Optional.of(KubernetesVersion.parse(tag.group(1))).filter(ImageVersion::isKnown)
                    : Optional.empty();
        } catch (IllegalArgumentException notAVersion) {
            return Optional.empty();
        }
    }

    /** The names of the flags, and what a policy may contain, are the same in all of them. */
    private static boolean isKnown(KubernetesVersion version) {
        return version.isAtLeast(1, 30) && version.compareTo(KubernetesVersion.NEWEST_KNOWN) <= 0;
    }
}
