package dev.auditpolicy.unit;

import dev.auditpolicy.manifest.flags.Flags;
import dev.auditpolicy.manifest.flags.ManifestProblem;
import dev.auditpolicy.unit.UnitChange.Action;
import dev.auditpolicy.unit.command.DropIn;
import dev.auditpolicy.unit.command.DropInText;
import dev.auditpolicy.unit.command.FlagOverrides;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Plans our drop-in for the unit of a kube-apiserver. A drop-in is a copy of the unit's command, so it is planned anew from the unit's
 * files each time; its text says what it has replaced, and deleting it gives the unit back.
 */
public final class UnitPlanner {

    /**
     * Plans the drop-in with which the unit runs {@code flags}.
     *
     * @param flags our flags by name, in the order in which they are written
     * @param takesOver whether audit flags of the unit are replaced; else they are a reason to refuse
     */
    public UnitPlan plan(UnitState state, Map<String, String> flags, boolean takesOver) {
        var understood = UnderstoodUnit.of(state);
        if (!understood.problems().isEmpty()) {
            return new UnitPlan.Refused(understood.problems());
        }
        var command = understood.requireCommand();
        var foreign = ForeignFlags.of(command, state);
        var overrides = FlagOverrides.of(foreign.opaque(), flags);
        var problems = new ArrayList<>(new ForeignFlagCheck(state, command, foreign).check(takesOver));
        if (problems.isEmpty()) {
            problems.addAll(overrides.problems());
            problems.addAll(SandboxCheck.check(state.report(), flags));
        }
        if (!problems.isEmpty()) {
            return new UnitPlan.Refused(problems);
        }
        var desired = new DropIn(command.withoutAuditFlags(), flags, overrides.values(), foreign.effective());
        var expected = new HashMap<>(foreign.opaque());
        expected.putAll(overrides.values());
        expected.putAll(flags);
        return state.dropIn().equals(Optional.of(desired.render()))
                ? new UnitPlan.Unchanged(expected)
                : new UnitPlan.Written(
                        desired.render(), isCommandChanged(state, desired), changes(state, desired), expected);
    }

    private static boolean isCommandChanged(UnitState state, DropIn desired) {
        return !(state.present() instanceof DropInText.Written(DropIn dropIn)
                && dropIn.command().equals(desired.command()));
    }

    private static List<UnitChange> changes(UnitState state, DropIn desired) {
        var changes = new ArrayList<UnitChange>();
        var before = state.present() instanceof DropInText.Written(DropIn dropIn)
                ? Optional.of(dropIn)
                : Optional.<DropIn>empty();
        var flags = before.map(DropIn::flags).orElse(Map.of());
        if (state.present() instanceof DropInText.Edited) {
            changes.add(new UnitChange(Action.CHANGED, state.path()));
        }
        if (before.filter(dropIn -> !dropIn.copied().equals(desired.copied())).isPresent()) {
            changes.add(new UnitChange(
                    Action.CHANGED, "command, as " + state.report().id() + " has it now"));
        }
        desired.replaced().forEach((name, value) -> {
            if (!before.map(DropIn::replaced).orElse(Map.of()).containsKey(name)) {
                changes.add(UnitChange.flag(Action.REMOVED, name, value));
            }
        });
        desired.flags().forEach((name, value) -> {
            if (!flags.containsKey(name)) {
                changes.add(UnitChange.flag(Action.ADDED, name, value));
            } else if (!value.equals(flags.get(name))) {
                changes.add(UnitChange.flag(Action.CHANGED, name, value));
            }
        });
        flags.forEach((name, value) -> {
            if (!desired.flags().containsKey(name)) {
                changes.add(UnitChange.flag(Action.REMOVED, name, value));
            }
        });
        return changes.isEmpty() ? List.of(new UnitChange(Action.CHANGED, state.path())) : changes;
    }

    /**
     * Plans the end of our work: the unit as it is without our drop-in. A drop-in that somebody has edited stays.
     */
    public UnitPlan planRemoval(UnitState state) {
        return switch (state.present()) {
            case DropInText.Absent _, DropInText.Foreign _ -> new UnitPlan.Unchanged(flagsWithoutDropIn(state));
            case DropInText.Edited _ ->
                new UnitPlan.Refused(List.of(new ManifestProblem(
                        state.path(),
                        "",
                        "was changed on this node after the operator wrote it: undo that or delete the file, or run auditpolicy"
                                + " restore on the node")));
            case DropInText.Written(DropIn dropIn) -> new UnitPlan.Deleted(removals(dropIn), flagsWithoutDropIn(state));
        };
    }

    private static List<UnitChange> removals(DropIn dropIn) {
        var changes = new ArrayList<UnitChange>();
        dropIn.flags().forEach((name, value) -> changes.add(UnitChange.flag(Action.REMOVED, name, value)));
        dropIn.replaced().forEach((name, value) -> changes.add(UnitChange.flag(Action.ADDED, name, value)));
        return changes;
    }

    /** All audit flags of the live command line when the unit runs without our drop-in. */
    public Map<String, String> flagsWithoutDropIn(UnitState state) {
        if (!state.overriding().isEmpty()) {
            // Ours had no effect, so its end changes nothing.
            return state.live().map(argv -> Flags.of(argv).audit()).orElse(Map.of());
        }
        return UnderstoodUnit.of(state)
                .command()
                .map(command -> ForeignFlags.of(command, state).effective())
                .orElse(Map.of());
    }
}
