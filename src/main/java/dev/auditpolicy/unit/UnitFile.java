package dev.auditpolicy.unit;

import dev.auditpolicy.unit.syntax.ExecLine;
import dev.auditpolicy.unit.syntax.UnitSyntaxException;
import dev.auditpolicy.unit.syntax.UnitText;
import java.util.ArrayList;
import java.util.List;

/** A file of a unit as it is on the disk: its own, or a drop-in. */
public record UnitFile(String path, String text) {

    private static final String SERVICE = "Service";
    private static final String EXEC_START = "ExecStart";

    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    boolean setsCommand() {
        return !values().isEmpty();
    }

    private List<String> values() {
        return UnitText.parse(text).values(SERVICE, EXEC_START);
    }

    /** The commands of {@code ExecStart=} after systemd has applied these files in their order. */
    static List<ExecLine> commands(List<UnitFile> files) throws UnitSyntaxException {
        var commands = new ArrayList<ExecLine>();
        for (var file : files) {
            for (var value : file.values()) {
                if (value.isEmpty()) {
                    commands.clear();
                } else {
                    commands.addAll(ExecLine.parse(value));
                }
            }
        }
        return List.copyOf(commands);
    }
}
