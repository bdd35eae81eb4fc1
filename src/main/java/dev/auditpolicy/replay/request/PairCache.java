package dev.auditpolicy.replay.request;

import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what was made of a subject and a request that recur. Of bounded size, so it may be made again. Not for several
 * threads at once.
 *
 * @param <T> what is made
 */
public final class PairCache<T> {

    private static final int BITS = 14;

    /** So many pairs with similar hashes are remembered; those that recur most move to the front. */
    private static final int WAYS = 4;

    private final @Nullable Entry<T>[] entries;
    private final BiFunction<Subject, LoggedRequest, T> make;

    private record Entry<T>(Subject subject, LoggedRequest request, T value) {

        @SuppressWarnings("ReferenceEquality") // The same objects recur, and a cache may miss.
        boolean isOf(Subject otherSubject, LoggedRequest otherRequest) {
            return subject == otherSubject && request == otherRequest;
        }
    }

    /** An empty cache of what a function makes. */
    @SuppressWarnings("unchecked")
    public PairCache(BiFunction<Subject, LoggedRequest, T> make) {
        this.make = make;
        entries = (Entry<T>[]) new Entry<?>[1 << BITS];
    }

    /** The value for objects that {@link EventRequests} returned. */
    public T get(Subject subject, LoggedRequest request) {
        int mixed = (System.identityHashCode(subject) * 31 + System.identityHashCode(request)) * 0x9E3779B9;
        int first = (mixed >>> (Integer.SIZE - BITS)) & -WAYS;
        for (int place = first; place < first + WAYS; place++) {
            Entry<T> found = entries[place];
            if (found != null && found.isOf(subject, request)) {
                if (place > first) {
                    entries[place] = entries[place - 1];
                    entries[place - 1] = found;
                }
                return found.value;
            }
        }
        T made = make.apply(subject, request);
        entries[first + WAYS - 1] = new Entry<>(subject, request, made);
        return made;
    }
}
