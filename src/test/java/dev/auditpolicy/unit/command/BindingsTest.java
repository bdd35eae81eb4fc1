package dev.auditpolicy.unit.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class BindingsTest {

    @Test
    void findsWhatVariablesHaveBecome() {
        var bindings = Bindings.of(words("--a", "$X", "--b=${Y}", "$Z"), List.of("--a", "x", "y", "--b=c d", "z"));

        assertThat(bindings.orElseThrow().values())
                .containsExactly(List.of("--a"), List.of("x", "y"), List.of("--b=c d"), List.of("z"));
    }

    @Test
    void anUnsetVariableIsNoArgument() {
        assertThat(Bindings.of(words("$X", "--a"), List.of("--a")).orElseThrow().ofOpaqueWords())
                .isEmpty();
    }

    @Test
    void rejectsAnotherCommand() {
        assertThat(Bindings.of(words("--a", "$X"), List.of("--b", "x"))).isEmpty();
    }

    /** The same word of a variable and of the command: only one way leaves no argument over. */
    @Test
    void looksForTheWayThatUsesAllArguments() {
        var bindings = Bindings.of(words("$X", "--a=1"), List.of("--a=1", "--a=1"));

        assertThat(bindings.orElseThrow().values()).containsExactly(List.of("--a=1"), List.of("--a=1"));
    }

    /** Trying every way would take longer than the age of the universe. */
    @Test
    void givesUpQuicklyOnManyVariables() {
        var words = Stream.concat(
                        Stream.generate(() -> new CommandWord("$X", true)).limit(60),
                        Stream.of(new CommandWord("--end", true)))
                .toList();

        assertThat(Bindings.of(words, Stream.generate(() -> "--x").limit(60).toList()))
                .isEmpty();
    }

    @Test
    void namesTheVariableWithAFlag() {
        var bindings = Bindings.of(words("$X", "--a", "$Y"), List.of("--v=2", "--a", "--audit-log-maxage=1"));

        assertThat(bindings.orElseThrow().wordWith("audit-log-maxage")).contains("$Y");
    }

    @Test
    void specifiersAndDoubledCharactersAreNoVariables() {
        assertThat(Bindings.of(words("--a=%n", "--b=$$X", "--c=%%"), List.of("--a=unit", "--b=$X", "--c=%")))
                .isPresent();
    }

    private static List<CommandWord> words(String... raw) {
        return Stream.of(raw).map(word -> new CommandWord(word, true)).toList();
    }
}
