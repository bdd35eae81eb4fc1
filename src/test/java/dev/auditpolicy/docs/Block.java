package dev.auditpolicy.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A code block of a page.
 *
 * @param line the number of its first line
 * @param language such as console
 * @param marker the comment before it, such as run; empty if there is none
 */
public record Block(int line, String language, String marker, List<String> content) {

    private static final String FILE = "file: ";

    /**
     * A command and the lines that it prints.
     *
     * @param asRoot whether its prompt is #, which is root on a node
     */
    public record Command(boolean asRoot, String text, List<String> output) {

        public Command {
            output = List.copyOf(output);
        }
    }

    public Block {
        content = List.copyOf(content);
    }

    /** The name of the file that it contains. */
    public Optional<String> fileName() {
        return Optional.of(marker).filter(text -> text.startsWith(FILE)).map(text -> text.substring(FILE.length()));
    }

    boolean isConsole() {
        return language.equals("console");
    }

    boolean isRun() {
        return marker.equals("run");
    }

    public boolean isRunOnTheLab() {
        return marker.equals("run on the lab");
    }

    boolean isMarkedNotToRun() {
        return marker.startsWith("not run: ");
    }

    String text() {
        return String.join("\n", content) + "\n";
    }

    /** The commands of a console block, each with what it prints. */
    public List<Command> commands() {
        var commands = new ArrayList<Command>();
        for (var row : content) {
            if (row.startsWith("$ ") || row.startsWith("# ")) {
                commands.add(new Command(row.startsWith("#"), row.substring(2), List.of()));
            } else if (!commands.isEmpty()) {
                var last = commands.removeLast();
                var output = new ArrayList<>(last.output());
                output.add(row);
                commands.add(new Command(last.asRoot(), last.text(), output));
            }
        }
        return commands;
    }
}
