package dev.auditpolicy.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the documentation.
 *
 * @param prose the lines outside of code blocks; a line of a block is empty here
 * @param blocks the code blocks, and the files in comments
 */
public record Page(Path path, List<String> prose, List<Block> blocks) {

    private static final Pattern LINK = Pattern.compile("!?\\[[^\\]\\[]*\\]\\(([^)\\s]+)\\)");
    private static final Pattern CODE = Pattern.compile("`[^`]+`");
    private static final Pattern HEADING = Pattern.compile("#{1,6} +(.*)");

    public Page {
        prose = List.copyOf(prose);
        blocks = List.copyOf(blocks);
    }

    /** The pages in the root directory and in docs. */
    public static List<Page> all() {
        try (var root = Files.list(Path.of("."));
                var docs = Files.walk(Path.of("docs"))) {
            return Stream.concat(root.map(Path::normalize), docs)
                    .filter(path -> path.toString().endsWith(".md"))
                    .sorted()
                    .map(Page::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Page read(Path path) {
        try {
            return new PageReader(path).read(Files.readAllLines(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The targets of its links. */
    List<String> links() {
        return paragraphs()
                .flatMap(text -> matches(LINK, CODE.matcher(text).replaceAll("")))
                .map(match -> match.group(1))
                .toList();
    }

    /** The code in its text. */
    List<String> inlineCode() {
        return paragraphs()
                .flatMap(text -> matches(CODE, text))
                .map(match -> match.group().replace("`", "").replace('\n', ' '))
                .toList();
    }

    /** A link or code may span lines. */
    private Stream<String> paragraphs() {
        return Stream.of(String.join("\n", prose).split("\n\n"));
    }

    /** The anchors of its headings, as GitHub makes them. */
    Set<String> anchors() {
        var anchors = new HashSet<String>();
        for (var heading : headings()) {
            var anchor = anchor(heading);
            var unique = anchor;
            for (var number = 1; !anchors.add(unique); number++) {
                unique = anchor + "-" + number;
            }
        }
        return anchors;
    }

    private List<String> headings() {
        var headings = new ArrayList<String>();
        for (var line : prose) {
            var heading = HEADING.matcher(line);
            if (heading.matches()) {
                headings.add(heading.group(1).strip());
            }
        }
        return headings;
    }

    static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    private static Stream<MatchResult> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
