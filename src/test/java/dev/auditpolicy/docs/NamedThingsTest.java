package dev.auditpolicy.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documentation tells a reader to run or to open exists. */
final class NamedThingsTest {

    private static final Pattern TARGET = Pattern.compile("(?:^|[`$#&] ?)make ((?:[a-z][a-z0-9-]*(?: |$|`))+)");
    private static final Pattern RULE = Pattern.compile("(?m)^([a-z0-9-]+):.*## ");
    private static final Pattern PATH = Pattern.compile("(?<![\\w./-])(?:deploy|src|docs|crds)/[\\w./-]*\\w");

    @Test
    void makeTargetsExist() throws IOException {
        var targets = makefiles().stream()
                .flatMap(text -> RULE.matcher(text).results())
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
        var missing = Page.all().stream()
                .flatMap(page -> code(page)
                        .flatMap(code -> TARGET.matcher(code).results())
                        .flatMap(match -> Stream.of(match.group(1).split("[ `]+")))
                        .filter(target -> !targets.contains(target))
                        .map(target -> page + ": make " + target))
                .toList();

        assertThat(targets).contains("demo", "dist");
        assertThat(missing).isEmpty();
    }

    @Test
    void pathsExist() {
        var missing = Page.all().stream()
                .flatMap(page -> code(page)
                        .flatMap(code -> PATH.matcher(code).results())
                        .map(MatchResult::group)
                        .filter(path -> !Files.exists(Path.of(path)))
                        .map(path -> page + ": " + path))
                .toList();

        assertThat(missing).isEmpty();
    }

    private static Stream<String> code(Page page) {
        var console = page.blocks().stream()
                .filter(Block::isConsole)
                .flatMap(block -> block.commands().stream())
                .map(Block.Command::text);
        return Stream.concat(page.inlineCode().stream(), console);
    }

    private static List<String> makefiles() throws IOException {
        try (var sources = Files.walk(Path.of("src"), 2)) {
            var parts = sources.filter(path -> path.toString().endsWith(".mk"));
            return Stream.concat(Stream.of(Path.of("Makefile")), parts)
                    .map(NamedThingsTest::read)
                    .toList();
        }
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new AssertionError(path.toString(), e);
        }
    }
}
