package dev.auditpolicy.policy.lint.requests;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The strings that an attribute can be: those listed, or all but those listed.
 *
 * @param allBut whether the listed strings are excluded
 */
public record Values(boolean allBut, Set<String> listed) implements Extent {

    /** Every string. */
    public static final Values ANY = new Values(true, Set.of());

    public Values {
        listed = Set.copyOf(listed);
    }

    /** These and no others. */
    public static Values of(Collection<String> listed) {
        return new Values(false, Set.copyOf(listed));
    }

    /** These and no others. */
    public static Values of(String... listed) {
        return of(Set.of(listed));
    }

    /** All but these. */
    public static Values allBut(Collection<String> listed) {
        return new Values(true, Set.copyOf(listed));
    }

    /** These, or every string if there are none: how a rule treats a list. */
    static Values orAny(Collection<String> listed) {
        return listed.isEmpty() ? ANY : of(listed);
    }

    /** Whether it is one of the strings. */
    public boolean contains(String value) {
        return listed.contains(value) != allBut;
    }

    @Override
    public boolean isDisjointFrom(Extent other) {
        Values that = (Values) other;
        if (allBut) {
            return !that.allBut && listed.containsAll(that.listed);
        }
        return that.allBut ? that.listed.containsAll(listed) : Collections.disjoint(listed, that.listed);
    }

    @Override
    public Values and(Extent other) {
        Values that = (Values) other;
        if (equals(ANY) || that.equals(ANY)) {
            return equals(ANY) ? that : this;
        }
        if (allBut && that.allBut) {
            var union = new HashSet<String>(listed);
            union.addAll(that.listed);
            return allBut(union);
        }
        return allBut
                ? that.and(this)
                : of(listed.stream().filter(that::contains).toList());
    }

    @Override
    public Values without(Extent other) {
        Values that = (Values) other;
        return and(new Values(!that.allBut, that.listed));
    }

    @Override
    public boolean isEmpty() {
        return !allBut && listed.isEmpty();
    }

    /** One of the strings, a preferred one if possible. */
    public String example(List<String> preferred) {
        return preferred.stream()
                .filter(this::contains)
                .findFirst()
                .or(() -> listed.stream().filter(this::contains).sorted().findFirst())
                .orElseGet(this::unlisted);
    }

    private String unlisted() {
        int number = 1;
        while (listed.contains("other-" + number)) {
            number++;
        }
        return "other-" + number;
    }
}
