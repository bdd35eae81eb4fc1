package dev.auditpolicy.cli.tune;

import dev.auditpolicy.policy.tree.Position;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The lines of a text, counted from 0, and what is to be inserted before them. Mutable. */
final class EditedLines {

    private final List<String> lines;
    private final Map<Integer, List<String>> inserted = new TreeMap<>();

    EditedLines(String content) {
        lines = new ArrayList<>(Arrays.asList(content.split("\n", -1)));
    }

    int size() {
        return lines.size();
    }

    String get(int index) {
        return lines.get(index);
    }

    void set(int index, String line) {
        lines.set(index, line);
    }

    /** The line of a position; empty if there is none. */
    String at(Position position) {
        return position.line() < 1 || position.line() > lines.size() ? "" : lines.get(position.line() - 1);
    }

    /** Comments directly before a line are about it. */
    int aboveComments(int index) {
        int first = index;
        while (first > 0 && lines.get(first - 1).matches(" *#.*")) {
            first--;
        }
        return first;
    }

    void insert(int index, List<String> added) {
        inserted.computeIfAbsent(index, _ -> new ArrayList<>()).addAll(added);
    }

    String joined() {
        var all = new ArrayList<String>();
        for (int index = 0; index < lines.size(); index++) {
            all.addAll(inserted.getOrDefault(index, List.of()));
            all.add(lines.get(index));
        }
        return String.join("\n", all);
    }
}
