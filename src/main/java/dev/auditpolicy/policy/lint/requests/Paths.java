package dev.auditpolicy.policy.lint.requests;

import dev.auditpolicy.policy.evaluate.PathPattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The URL paths that match one of the patterns and none of the excluded ones. A pattern that ends in {@code *} matches every
 * path that begins with the rest of it.
 */
public record Paths(List<String> patterns, List<String> excluded) implements Extent {

    /** Every path. */
    public static final Paths ANY = new Paths(List.of("*"), List.of());

    public Paths {
        patterns = List.copyOf(patterns);
        excluded = List.copyOf(excluded);
    }

    /** The paths that one of these patterns matches. */
    public static Paths of(Collection<String> patterns) {
        return new Paths(List.copyOf(patterns), List.of());
    }

    @Override
    public boolean isDisjointFrom(Extent other) {
        return !equals(ANY) && !other.equals(ANY) && and(other).isEmpty();
    }

    @Override
    public Paths and(Extent other) {
        Paths that = (Paths) other;
        List<String> narrower = patterns.stream()
                .flatMap(one -> that.patterns.stream().flatMap(two -> narrower(one, two).stream()))
                .distinct()
                .toList();
        return new Paths(narrower, union(excluded, that.excluded));
    }

    /** The other extent is that of a rule, with patterns only. */
    @Override
    public Paths without(Extent other) {
        return new Paths(patterns, union(excluded, ((Paths) other).patterns));
    }

    /** Exact: no finite number of longer patterns matches all that a pattern ending in {@code *} does. */
    @Override
    public boolean isEmpty() {
        return patterns.stream().allMatch(this::isExcluded);
    }

    /** One of the paths. */
    String example() {
        return examples().findFirst().orElseThrow();
    }

    /** At least one path for each pattern that is not excluded. */
    public Stream<String> examples() {
        return patterns.stream().filter(one -> !isExcluded(one)).flatMap(this::examples);
    }

    private Stream<String> examples(String pattern) {
        if (!new PathPattern(pattern).isPrefix()) {
            return Stream.of(pattern);
        }
        // Each excluded pattern is longer than this one, so it matches at most one of the continuations.
        String start = new PathPattern(pattern).prefix();
        Stream<String> continuations =
                IntStream.rangeClosed('a', 'a' + excluded.size()).mapToObj(Character::toString);
        return Stream.concat(
                        start.isEmpty() ? Stream.of("/version", "/", "") : Stream.of(start),
                        continuations.map((start.isEmpty() ? "/" : start)::concat))
                .filter(path -> !isExcluded(path));
    }

    private boolean isExcluded(String pattern) {
        return excluded.stream().anyMatch(other -> covers(other, pattern));
    }

    private static List<String> narrower(String one, String other) {
        if (covers(one, other)) {
            return List.of(other);
        }
        return covers(other, one) ? List.of(one) : List.of();
    }

    /** Whether the wide pattern matches every path that the narrow one matches. */
    static boolean covers(String wide, String narrow) {
        return new PathPattern(wide).covers(new PathPattern(narrow));
    }

    private static List<String> union(List<String> one, List<String> other) {
        var union = new ArrayList<String>(one);
        other.stream().filter(pattern -> !union.contains(pattern)).forEach(union::add);
        return union;
    }
}
