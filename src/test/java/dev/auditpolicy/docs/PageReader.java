package dev.auditpolicy.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Divides the lines of a page into prose and code blocks. */
final class PageReader {

    private static final Pattern FENCE = Pattern.compile("( *)(`{3,})([a-z]*)");
    private static final Pattern MARKER = Pattern.compile("<!-- (.+) -->");
    private static final Pattern HIDDEN_FILE = Pattern.compile("<!-- (file: \\S+)");

    private final Path path;
    private final List<String> prose = new ArrayList<>();
    private final List<Block> blocks = new ArrayList<>();

    PageReader(Path path) {
        this.path = path;
    }

    Page read(List<String> lines) {
        var marker = "";
        var at = 0;
        while (at < lines.size()) {
            var line = lines.get(at);
            var fence = FENCE.matcher(line);
            var hidden = HIDDEN_FILE.matcher(line);
            if (fence.matches()) {
                at = block(lines, at, fence.group(1) + fence.group(2), fence.group(3), marker);
            } else if (hidden.matches()) {
                at = block(lines, at, "-->", "", hidden.group(1));
            } else {
                prose.add(line);
                at++;
            }
            var comment = MARKER.matcher(line);
            marker = comment.matches() ? comment.group(1) : "";
        }
        return new Page(path, prose, blocks);
    }

    /** Returns the index of the line after the block. */
    private int block(List<String> lines, int start, String end, String language, String marker) {
        var content = new ArrayList<String>();
        prose.add("");
        var at = start + 1;
        while (at < lines.size() && !lines.get(at).equals(end)) {
            content.add(lines.get(at));
            prose.add("");
            at++;
        }
        prose.add("");
        if (at == lines.size()) {
            throw new AssertionError(path + ":" + (start + 1) + ": the block has no end");
        }
        blocks.add(new Block(start + 1, language, marker, content));
        return at + 1;
    }
}
