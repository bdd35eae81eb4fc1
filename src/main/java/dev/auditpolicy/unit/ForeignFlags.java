package dev.auditpolicy.unit;

import dev.auditpolicy.manifest.flags.Flags;
import dev.auditpolicy.unit.command.Bindings;
import dev.auditpolicy.unit.command.CommandWord;
import dev.auditpolicy.unit.command.DropIn;
import dev.auditpolicy.unit.command.DropInText;
import dev.auditpolicy.unit.command.UnitCommand;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The audit flags of the unit's own command.
 *
 * @param named by name, those that stand in the command itself
 * @param opaque by name, those that only a variable of the command contains
 * @param effective all of them, by name
 * @param bindings what the live process shows of the variables; empty if it was started with another command
 */
record ForeignFlags(
        Map<String, String> named,
        Map<String, String> opaque,
        Map<String, String> effective,
        Optional<Bindings> bindings) {

    static ForeignFlags of(UnitCommand command, UnitState state) {
        var present = state.present();
        var live = state.live().map(argv -> argv.subList(1, argv.size()));
        var bindings = live.flatMap(argv -> bindings(command, present, argv));
        var named = named(command, present, bindings);
        var opaque = bindings.map(bound -> Flags.of(bound.ofOpaqueWords()).audit())
                .orElseGet(() -> command.hasOpaqueWords() ? remembered(command, present) : Map.of());
        return new ForeignFlags(named, opaque, effective(command, present, named, opaque, bindings), bindings);
    }

    /**
     * The process was started with our drop-in, or before that with the unit's own command. After a first change, that command
     * says nothing: its variables would also match our flags.
     */
    private static Optional<Bindings> bindings(UnitCommand command, DropInText present, List<String> live) {
        return switch (present) {
            case DropInText.Written(DropIn dropIn) -> Bindings.of(UnitCommand.words(dropIn.command()), live);
            case DropInText.Absent _, DropInText.Foreign _ -> Bindings.of(command.words(), live);
            case DropInText.Edited _ -> Optional.empty();
        };
    }

    /** What our drop-in says, until a process shows it. */
    private static Map<String, String> remembered(UnitCommand command, DropInText present) {
        var remembered = new TreeMap<>(present.marks().map(DropIn::replaced).orElse(Map.of()));
        command.auditFlags().forEach(flag -> remembered.remove(flag.name()));
        return remembered;
    }

    private static Map<String, String> named(UnitCommand command, DropInText present, Optional<Bindings> bindings) {
        var named = new TreeMap<String, String>();
        for (var flag : command.auditFlags()) {
            // With a variable in it, only a process that was started with it shows the value; later, our drop-in does.
            named.put(
                    flag.name(),
                    command.valueOf(flag)
                            .text()
                            .or(() -> present.marks()
                                    .map(dropIn -> dropIn.replaced().get(flag.name())))
                            .or(() -> bindings.filter(bound -> bound.words().equals(command.words()))
                                    .map(bound -> command.valueOf(flag, bound)))
                            .orElse(flag.value()));
        }
        return named;
    }

    /**
     * All of them, as the unit's own command means them: where it and a variable set the same flag, the last of them wins.
     * Without the flag between them, our copy of the command does not show where one variable ends and the next begins, so our
     * drop-in remembers which it was.
     */
    private static Map<String, String> effective(
            UnitCommand command,
            DropInText present,
            Map<String, String> named,
            Map<String, String> opaque,
            Optional<Bindings> bindings) {
        var effective = new TreeMap<>(opaque);
        effective.putAll(named);
        for (var flag : command.auditFlags()) {
            var remembered = present.marks().map(dropIn -> dropIn.replaced().get(flag.name()));
            var fromVariable = lastVariableWith(flag.name(), command, bindings) > flag.index()
                    ? Optional.ofNullable(opaque.get(flag.name()))
                    : Optional.<String>empty();
            effective.put(
                    flag.name(),
                    (opaque.containsKey(flag.name()) ? remembered : Optional.<String>empty())
                            .or(() -> fromVariable)
                            .orElseGet(() -> String.valueOf(named.get(flag.name()))));
        }
        return effective;
    }

    /** -1 without one. */
    private static int lastVariableWith(String flag, UnitCommand command, Optional<Bindings> bindings) {
        var raw = bindings.flatMap(bound -> bound.wordWith(flag)).orElse("");
        return command.words().stream().map(CommandWord::raw).toList().lastIndexOf(raw);
    }
}
