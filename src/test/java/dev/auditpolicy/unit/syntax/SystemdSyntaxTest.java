package dev.auditpolicy.unit.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What we read and write, against the systemd of this machine. */
final class SystemdSyntaxTest {

    private static final int UNITS = 150;

    /**
     * Pieces of text that mean something to systemd, and some that mean nothing. No '-': systemd ignores a command with this prefix
     * if its program cannot be one, and we refuse two commands anyway.
     */
    private static final List<String> PIECES = List.of(
            " ",
            "  ",
            "\t",
            "\"",
            "'",
            "\\",
            "\\\\",
            "\\\n",
            " \\\n  ",
            "\\x41",
            "\\xc3\\xa9",
            "\\u00e9",
            "\\U0001F600",
            "\\101",
            "\\s",
            "\\n",
            "\\q",
            "\\;",
            ";",
            " ; ",
            "#",
            "\n#c\n",
            "\\\n  ; comment\n",
            "$",
            "$$",
            "${A}",
            "$ARGS",
            "%%",
            "=",
            "flag",
            "x",
            "é",
            "a",
            "b c",
            "/",
            "\"a b\"",
            "'c\"d'",
            "\r",
            ",",
            "{",
            "<",
            "|",
            "\u00a0",
            "\\\r\n",
            "[",
            "]");

    /** Characters of a word. No percent sign alone: that is a specifier, which systemd expands before we see the word. */
    private static final List<String> CHARACTERS = List.of(
            "a", "Z", "0", " ", "\t", "\n", "\r", "\"", "'", "\\", ";", "#", "$", "{", "}", "%%", "=", "-", "/", "é",
            "😀", "\u0001", "\u007f", "`", "*", "|", "&", "<", "(", "~", "!", "\u00a0", "\u2028", "x", "n");

    @TempDir
    private Path root;

    @BeforeEach
    void needsSystemd() {
        assumeTrue(Systemd.isInstalled(), "systemd-analyze is not installed");
    }

    /** Whatever stands in a unit file, a command that systemd loads is the one that we read. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void readsWhatSystemdReads(long seed) throws IOException {
        var random = new Random(seed);
        var texts = new LinkedHashMap<String, String>();
        for (var unit = 0; unit < UNITS; unit++) {
            texts.put("u" + unit + ".service", "[Service]\nExecStart=/usr/bin/true " + pick(random, PIECES, 12) + "\n");
        }

        var loaded = new Systemd(root).load(texts);

        // Nobody could report a command with such a byte.
        loaded.values()
                .removeIf(unit -> !unit.state().equals("loaded")
                        || unit.commands().toString().contains("\uFFFD"));
        assertThat(loaded).hasSizeGreaterThan(UNITS / 3);
        loaded.forEach((name, unit) ->
                assertThat(read(texts.get(name))).as("%s", texts.get(name)).isEqualTo(unit.commands()));
    }

    /** Whatever the words of a command are, systemd reads these words from what we write. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void writesWhatSystemdReads(long seed) throws IOException {
        var random = new Random(seed);
        var texts = new LinkedHashMap<String, String>();
        var expected = new LinkedHashMap<String, List<List<String>>>();
        for (var unit = 0; unit < UNITS; unit++) {
            var words = IntStream.range(0, 1 + random.nextInt(6))
                    .mapToObj(_ -> pick(random, CHARACTERS, 8))
                    .toList();
            var line = new ExecLine("", "/usr/bin/true", words);
            texts.put("u" + unit + ".service", "[Service]\nExecStart=\nExecStart=" + line.render() + "\n");
            expected.put("u" + unit + ".service", List.of(argv(line)));
        }

        var loaded = new Systemd(root).load(texts);

        expected.forEach((name, commands) ->
                assertThat(loaded.get(name)).as("%s", texts.get(name)).isEqualTo(new Systemd.Unit("loaded", commands)));
    }

    private static String pick(Random random, List<String> pieces, int most) {
        return IntStream.range(0, random.nextInt(most + 1))
                .mapToObj(_ -> pieces.get(random.nextInt(pieces.size())))
                .collect(Collectors.joining());
    }

    private static List<List<String>> read(String text) {
        try {
            var commands = new ArrayList<List<String>>();
            for (var value : UnitText.parse(text).values("Service", "ExecStart")) {
                if (!value.isEmpty()) {
                    ExecLine.parse(value).forEach(line -> commands.add(argv(line)));
                }
            }
            return commands;
        } catch (UnitSyntaxException refused) {
            return List.of(List.of("refused: it " + refused.getMessage()));
        }
    }

    private static List<String> argv(ExecLine line) {
        var argv = new ArrayList<>(List.of(line.name()));
        line.arguments().forEach(word -> argv.add(word.replace("%%", "%")));
        return argv;
    }
}
