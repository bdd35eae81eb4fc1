package dev.auditpolicy.policy;

import java.util.Comparator;
import java.util.regex.Pattern;

/** A Kubernetes minor version. Patch releases read a policy in the same way. */
public record KubernetesVersion(int major, int minor) implements Comparable<KubernetesVersion> {

    /** The newest minor version whose policy loader this code was compared with. */
    public static final KubernetesVersion NEWEST_KNOWN = new KubernetesVersion(1, 37);

    private static final Pattern FORM = Pattern.compile("v?(\\d{1,4})\\.(\\d{1,4})(?:[.+-].*)?");

    private static final Comparator<KubernetesVersion> ORDER =
            Comparator.comparingInt(KubernetesVersion::major).thenComparingInt(KubernetesVersion::minor);

    /**
     * Reads a version as {@code v1.36.3}, {@code 1.36} or {@code v1.31.4-eks-1234}.
     *
     * @throws IllegalArgumentException if the text is not such a version
     */
    public static KubernetesVersion parse(String text) {
        var matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "not a Kubernetes version: \"" + text + "\"; write it as 1.36 or v1.36.3");
        }
        return new KubernetesVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    /** Whether this version is equal to or newer than the given one. */
    public boolean isAtLeast(int otherMajor, int otherMinor) {
        return compareTo(new KubernetesVersion(otherMajor, otherMinor)) >= 0;
    }

    @Override
    public int compareTo(KubernetesVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
