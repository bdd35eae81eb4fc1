package dev.auditpolicy.policy.lint.requests;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The groups that a user may be in. A user can be in any number of groups, so one request can match rules with different
 * groups.
 *
 * @param oneOfEach sets of groups; the user is in at least one group of each set
 * @param noneOf groups that the user is not in
 */
public record Memberships(List<Set<String>> oneOfEach, Set<String> noneOf) implements Extent {

    /** Users in any groups. */
    public static final Memberships ANY = new Memberships(List.of(), Set.of());

    private static final Memberships NEVER = new Memberships(List.of(Set.of()), Set.of());

    public Memberships {
        oneOfEach = List.copyOf(oneOfEach);
        noneOf = Set.copyOf(noneOf);
    }

    /** Users in none of these groups. */
    public static Memberships outside(Collection<String> groups) {
        return new Memberships(List.of(), Set.copyOf(groups));
    }

    /** Users in at least one of these groups. */
    public static Memberships inOneOf(Collection<String> groups) {
        return new Memberships(List.of(Set.copyOf(groups)), Set.of());
    }

    /** Users in at least one of these groups, or every user if there are none: how a rule treats its list. */
    static Memberships orAny(Collection<String> groups) {
        return groups.isEmpty() ? ANY : inOneOf(groups);
    }

    boolean requiresAny() {
        return !oneOfEach.isEmpty();
    }

    @Override
    public boolean isDisjointFrom(Extent other) {
        Memberships that = (Memberships) other;
        return isEmpty()
                || that.isEmpty()
                || oneOfEach.stream().anyMatch(groups -> coveredBy(groups, that))
                || that.oneOfEach.stream().anyMatch(groups -> that.coveredBy(groups, this));
    }

    /** Whether all of these groups are excluded by one of the two. */
    private boolean coveredBy(Set<String> groups, Memberships that) {
        return groups.stream().allMatch(group -> noneOf.contains(group) || that.noneOf.contains(group));
    }

    @Override
    public Memberships and(Extent other) {
        Memberships that = (Memberships) other;
        var all = new ArrayList<Set<String>>(oneOfEach);
        that.oneOfEach.stream().filter(groups -> !all.contains(groups)).forEach(all::add);
        return new Memberships(all, union(noneOf, that.noneOf));
    }

    /** The other extent is that of a rule, with one set of groups or none. */
    @Override
    public Memberships without(Extent other) {
        Memberships that = (Memberships) other;
        return that.oneOfEach.isEmpty() ? NEVER : new Memberships(oneOfEach, union(noneOf, that.oneOfEach.getFirst()));
    }

    @Override
    public boolean isEmpty() {
        return oneOfEach.stream().anyMatch(noneOf::containsAll);
    }

    /** As few groups as possible, sorted. */
    List<String> example() {
        var groups = new TreeSet<String>();
        oneOfEach.forEach(set -> set.stream()
                .filter(group -> !noneOf.contains(group))
                .sorted()
                .findFirst()
                .ifPresent(groups::add));
        return List.copyOf(groups);
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        var union = new HashSet<String>(one);
        union.addAll(other);
        return union;
    }
}
