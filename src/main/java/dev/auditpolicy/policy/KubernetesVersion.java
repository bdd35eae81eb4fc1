package dev.auditpolicy.policy;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Kubernetes minor version; patch releases do not differ in how they read a policy. */
public record KubernetesVersion(int major, int minor) implements Comparable<KubernetesVersion> {

    /** The newest minor whose reading of a policy is known here. */
    public static final KubernetesVersion NEWEST_KNOWN = new KubernetesVersion(1, 37);

    private static final Pattern FORM = Pattern.compile("v?(\\d{1,4})\\.(\\d{1,4})(?:[.+-].*)?");

    private static final Comparator<KubernetesVersion> ORDER =
            Comparator.comparingInt(KubernetesVersion::major).thenComparingInt(KubernetesVersion::minor);

    /**
     * Reads a version as {@code v1.36.3}, {@code 1.36} or {@code v1.31.4-eks-1234}.
     *
     * @throws IllegalArgumentException if the text has another form
     */
    public static KubernetesVersion parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "not a Kubernetes version: \"" + text + "\"; write it as 1.36 or v1.36.3");
        }
        return new KubernetesVersion(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)));
    }

    /** Whether this version is that one or newer. */
    public boolean isAtLeast(int thatMajor, int thatMinor) {
        return compareTo(new KubernetesVersion(thatMajor, thatMinor)) >= 0;
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
