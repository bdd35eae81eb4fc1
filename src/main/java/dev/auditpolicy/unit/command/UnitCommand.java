package dev.auditpolicy.unit.command;

import dev.auditpolicy.manifest.flags.Flags;
import dev.auditpolicy.manifest.flags.Flags.Flag;
import dev.auditpolicy.unit.syntax.ExecLine;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * The unit's own command, without our drop-in.
 *
 * @param words its arguments
 * @param flags those that can be told without the values of variables
 */
public record UnitCommand(ExecLine line, List<CommandWord> words, Flags flags) {

    public static UnitCommand of(ExecLine line) {
        return new UnitCommand(line, words(line), Flags.of(line.arguments()));
    }

    public static List<CommandWord> words(ExecLine line) {
        return line.arguments().stream()
                .map(word -> new CommandWord(word, line.expandsVariables()))
                .toList();
    }

    /** The audit flags that it names, whatever their values are. */
    public List<Flag> auditFlags() {
        return flags.all().stream()
                .filter(flag -> flag.name().startsWith("audit-")
                        && !words.get(flag.index()).isOpaque())
                .toList();
    }

    /** The command without these. */
    public ExecLine withoutAuditFlags() {
        var dropped = new HashSet<Integer>();
        for (var flag : auditFlags()) {
            dropped.add(flag.index());
            if (flag.isSeparate()) {
                dropped.add(flag.index() + 1);
            }
        }
        var kept = new ArrayList<String>();
        for (var index = 0; index < words.size(); index++) {
            if (!dropped.contains(index)) {
                kept.add(words.get(index).raw());
            }
        }
        return line.withArguments(kept);
    }

    /** The argument with the value of a flag. */
    public CommandWord valueOf(Flag flag) {
        return flag.isSeparate() ? words.get(flag.index() + 1) : new CommandWord(flag.value(), line.expandsVariables());
    }

    /** What that argument has become in a process of this command. */
    public String valueOf(Flag flag, Bindings bindings) {
        return flag.isSeparate()
                ? bindings.values().get(flag.index() + 1).getFirst()
                : bindings.values().get(flag.index()).getFirst().split("=", 2)[1];
    }

    public boolean hasOpaqueWords() {
        return words.stream().anyMatch(CommandWord::isOpaque);
    }
}
