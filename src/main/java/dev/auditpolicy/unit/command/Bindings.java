package dev.auditpolicy.unit.command;

import dev.auditpolicy.manifest.flags.Flags;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the arguments of a command have become in a live process. Variables are compared with the process, not with the files
 * that set them: those may have changed since it was started.
 *
 * @param words the command
 * @param values the arguments of the process for each of its words
 */
public record Bindings(List<CommandWord> words, List<List<String>> values) {

    /** Empty if {@code live} was not started with these words. */
    public static Optional<Bindings> of(List<CommandWord> words, List<String> live) {
        var values = new ArrayDeque<List<String>>();
        return new Search(words, live, new HashSet<>(), values).matches(0, 0)
                ? Optional.of(new Bindings(words, List.copyOf(values)))
                : Optional.empty();
    }

    /** What the words have become of which only the process shows the flags. */
    public List<String> ofOpaqueWords() {
        return opaque().flatMap(index -> values.get(index).stream()).toList();
    }

    /** The one of them that contains a flag, such as {@code $KUBE_API_ARGS}. */
    public Optional<String> wordWith(String flag) {
        return opaque().filter(index -> Flags.of(values.get(index)).value(flag).isPresent())
                .map(index -> words.get(index).raw())
                .reduce((_, last) -> last);
    }

    private Stream<Integer> opaque() {
        return IntStream.range(0, words.size())
                .filter(index -> words.get(index).isOpaque())
                .boxed();
    }

    private record Position(int word, int argument) {}

    private record Search(
            List<CommandWord> words, List<String> live, Set<Position> hopeless, Deque<List<String>> values) {

        boolean matches(int word, int argument) {
            if (word == words.size()) {
                return argument == live.size();
            }
            if (!hopeless.add(new Position(word, argument))) {
                return false;
            }
            var isSplit = words.get(word).isSplit();
            var most = isSplit ? live.size() - argument : 1;
            for (var length = isSplit ? 0 : 1; length <= most; length++) {
                if (argument + length <= live.size() && isValue(word, argument) && next(word, argument, length)) {
                    return true;
                }
            }
            return false;
        }

        private boolean isValue(int word, int argument) {
            return words.get(word).isSplit() || words.get(word).mayBecome(live.get(argument));
        }

        private boolean next(int word, int argument, int length) {
            if (!matches(word + 1, argument + length)) {
                return false;
            }
            values.addFirst(new ArrayList<>(live.subList(argument, argument + length)));
            return true;
        }
    }
}
