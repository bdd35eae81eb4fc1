package dev.auditpolicy.unit;

import dev.auditpolicy.manifest.flags.ManifestProblem;
import dev.auditpolicy.unit.command.UnitCommand;
import dev.auditpolicy.unit.syntax.UnitSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The unit as far as it is understood.
 *
 * @param command its own command; empty if there are not exactly one
 * @param problems why it cannot be changed
 */
record UnderstoodUnit(Optional<UnitCommand> command, List<ManifestProblem> problems) {

    static UnderstoodUnit of(UnitState state) {
        var problems = new ArrayList<>(UnitCheck.check(state));
        if (!state.report().isLoaded()) {
            return new UnderstoodUnit(Optional.empty(), problems);
        }
        try {
            var commands = UnitFile.commands(state.before());
            if (problems.isEmpty()) {
                problems.addAll(CommandCheck.check(state, commands));
            }
            return new UnderstoodUnit(
                    commands.size() == 1 ? Optional.of(UnitCommand.of(commands.getFirst())) : Optional.empty(),
                    problems);
        } catch (UnitSyntaxException invalid) {
            problems.add(new ManifestProblem(
                    CommandCheck.field(state), "", invalid.getMessage() + ": correct it in the unit"));
            return new UnderstoodUnit(Optional.empty(), problems);
        }
    }

    UnitCommand requireCommand() {
        return command.orElseThrow();
    }
}
