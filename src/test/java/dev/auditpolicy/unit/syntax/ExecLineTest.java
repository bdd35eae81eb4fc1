package dev.auditpolicy.unit.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Words as systemd 252 has loaded them, for machines without systemd. */
final class ExecLineTest {

    static Stream<Arguments> loaded() {
        return Stream.of(
                arguments("/a b\tc  d", List.of("b", "c", "d")),
                arguments("/a 'b c' \"d e\" f'g'h", List.of("b c", "d e", "fgh")),
                arguments("/a \"\" ''", List.of("", "")),
                arguments("/a \\x41\\u00e9\\101\\s\\n", List.of("AéA \n")),
                arguments("/a \\xc3\\xa9", List.of("é")),
                arguments("/a ab\\qcd a\\;b", List.of("ab\\qcd", "a\\;b")),
                arguments("/a b\\", List.of("b\\")),
                arguments("/a \\ b", List.of("\\ b")),
                arguments("/a \\; b", List.of(";", "b")),
                arguments("/a \"\\;\" x;", List.of("\\;", "x;")),
                arguments("/a #b 'c\\'d'", List.of("#b", "c'd")),
                arguments("/a $$x ${Y} \"$Z\" %%n %n", List.of("$$x", "${Y}", "$Z", "%%n", "%n")));
    }

    @ParameterizedTest
    @MethodSource("loaded")
    void readsWords(String value, List<String> words) throws UnitSyntaxException {
        assertThat(ExecLine.parse(value)).containsExactly(new ExecLine("", "/a", words));
    }

    @Test
    void readsPrefixesAndTheNameOfTheProgram() throws UnitSyntaxException {
        var line = ExecLine.parse("@-:/usr/bin/a name b").getFirst();

        assertThat(List.of(line.prefixes(), line.path(), line.name())).containsExactly("@-:", "/usr/bin/a", "name");
        assertThat(line.arguments()).containsExactly("b");
        assertThat(line.withArguments(List.of("c")).render()).isEqualTo("@-:/usr/bin/a \\\n    name \\\n    c");
    }

    @Test
    void readsSeveralCommands() throws UnitSyntaxException {
        assertThat(ExecLine.parse("/a b ; /c")).extracting(ExecLine::path).containsExactly("/a", "/c");
    }

    @Test
    void refusesAnOpenQuote() {
        assertThatThrownBy(() -> ExecLine.parse("/a 'b")).hasMessage("has a quote that is not closed");
    }

    @Test
    void writesALiteralThatIsNotExpanded() {
        assertThat(new ExecLine("", "/a", List.of()).literal("5% of $HOME")).isEqualTo("5%% of $$HOME");
        assertThat(new ExecLine(":", "/a", List.of()).literal("5% of $HOME")).isEqualTo("5%% of $HOME");
    }

    @Test
    void writesWordsThatBeginComments() {
        assertThat(new ExecLine("", "/a", List.of("#b", ";", "c d", "e\n")).render())
                .isEqualTo("/a \\\n    \"#b\" \\\n    \";\" \\\n    \"c d\" \\\n    \"e\\n\"");
    }
}
