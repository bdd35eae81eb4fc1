package dev.auditpolicy.unit.syntax;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The command lines that the real systemd of this machine loads from unit files. {@code systemd-analyze verify} needs no running
 * systemd, and with debug messages it writes what it has loaded.
 */
public final class Systemd {

    private static final String PROGRAM = "systemd-analyze";
    private static final String UNIT = "-> Unit ";
    private static final String LOAD_STATE = "Unit Load State: ";
    private static final String LIST = "-> ";
    private static final String EXEC_START = "-> ExecStart:";
    private static final String COMMAND_LINE = "Command Line: ";

    private final Path root;

    public Systemd(Path root) {
        this.root = root;
    }

    public static boolean isInstalled() {
        return List.of(System.getenv("PATH").split(":", -1)).stream()
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, PROGRAM)));
    }

    /**
     * A unit as systemd has loaded it.
     *
     * @param state such as {@code loaded} or {@code bad-setting}
     * @param commands the words of each command
     */
    public record Unit(String state, List<List<String>> commands) {}

    /**
     * The units among {@code files}; none of those that systemd cannot load.
     *
     * @param files texts by path below {@code /etc/systemd/system}
     */
    public Map<String, Unit> load(Map<String, String> files) throws IOException {
        var directory = root.resolve("etc/systemd/system");
        var command = new ArrayList<>(List.of(PROGRAM, "verify", "--man=no", "--root=" + root));
        for (var entry : files.entrySet()) {
            var file = directory.resolve(entry.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, entry.getValue());
            if (entry.getKey().endsWith(".service")) {
                command.add(file.toString());
            }
        }
        var log = root.resolve("log");
        var builder = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(log.toFile());
        builder.environment().put("SYSTEMD_LOG_LEVEL", "debug");
        try {
            builder.start().waitFor();
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
        return read(Files.readAllLines(log));
    }

    private static Map<String, Unit> read(List<String> lines) {
        var units = new LinkedHashMap<String, Unit>();
        var name = "";
        var list = "";
        for (var line : lines) {
            var text = line.stripLeading();
            if (text.startsWith(UNIT)) {
                name = text.substring(UNIT.length(), text.length() - 1);
            } else if (text.startsWith(LOAD_STATE)) {
                units.put(name, new Unit(text.substring(LOAD_STATE.length()), new ArrayList<>()));
            } else if (text.startsWith(LIST)) {
                list = text;
            } else if (text.startsWith(COMMAND_LINE) && list.equals(EXEC_START)) {
                units.get(name).commands().add(words(text.substring(COMMAND_LINE.length())));
            }
        }
        return units;
    }

    /** The inverse of systemd's {@code quote_command_line}. */
    private static List<String> words(String line) {
        var words = new ArrayList<String>();
        var text = line.getBytes(UTF_8);
        var position = 0;
        while (position < text.length) {
            var word = new ByteArrayOutputStream();
            var isQuoted = text[position] == '"';
            position += isQuoted ? 1 : 0;
            while (position < text.length && text[position] != (isQuoted ? '"' : ' ')) {
                if (isQuoted && text[position] == '\\') {
                    position++;
                    var next = (char) text[position];
                    if (Character.isDigit(next)) {
                        word.write(Integer.parseInt(new String(text, position, 3, UTF_8), 8));
                        position += 2;
                    } else {
                        var control = "abfnrtv".indexOf(next);
                        word.write(control < 0 ? next : "\u0007\b\f\n\r\t\u000B".charAt(control));
                    }
                } else {
                    word.write(text[position]);
                }
                position++;
            }
            words.add(word.toString(UTF_8));
            position += isQuoted ? 2 : 1;
        }
        return words;
    }
}
