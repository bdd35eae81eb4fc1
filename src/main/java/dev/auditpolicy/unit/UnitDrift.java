package dev.auditpolicy.unit;

import dev.auditpolicy.unit.command.DropIn;
import dev.auditpolicy.unit.command.DropInText;
import dev.auditpolicy.unit.syntax.ExecLine;
import dev.auditpolicy.unit.syntax.UnitSyntaxException;
import java.util.ArrayList;
import java.util.List;

/**
 * One way in which a unit that ran our drop-in no longer does, or will not after its next start.
 */
public record UnitDrift(Kind kind, String message) {

    /** The kinds of drift. */
    public enum Kind {
        /** systemd would not start the unit. */
        NOT_LOADABLE,
        /** Our drop-in is gone, or another file has its name. */
        DROP_IN_MISSING,
        /** Somebody has edited our drop-in. */
        DROP_IN_EDITED,
        /** systemd has not loaded our drop-in as it is on the disk. */
        DROP_IN_NOT_LOADED,
        /** A drop-in after ours sets the command. */
        DROP_IN_OVERRIDDEN,
        /** The unit's command is another than the one that we have copied, for example after an upgrade of its package. */
        UNIT_CHANGED
    }

    /** All drift of a unit that has run our drop-in. */
    public static List<UnitDrift> of(UnitState state) {
        var drift = new ArrayList<UnitDrift>();
        var report = state.report();
        if (!report.isLoaded()) {
            drift.add(new UnitDrift(Kind.NOT_LOADABLE, report.id() + " has LoadState=" + report.loadState()));
        }
        for (var file : state.overriding()) {
            drift.add(new UnitDrift(
                    Kind.DROP_IN_OVERRIDDEN, file.path() + " sets ExecStart= and applies after " + state.path()));
        }
        switch (state.present()) {
            case DropInText.Absent _, DropInText.Foreign _ ->
                drift.add(new UnitDrift(Kind.DROP_IN_MISSING, state.path() + " is missing"));
            case DropInText.Edited _ ->
                drift.add(new UnitDrift(Kind.DROP_IN_EDITED, state.path() + " differs from what the operator wrote"));
            case DropInText.Written(DropIn dropIn) -> {
                if (isCopyOutdated(state, dropIn)) {
                    drift.add(new UnitDrift(
                            Kind.UNIT_CHANGED,
                            "the command of " + report.id() + " has changed, and " + state.path()
                                    + " has the previous one"));
                }
                if (drift.isEmpty() && !isLoaded(state, dropIn.command())) {
                    drift.add(new UnitDrift(Kind.DROP_IN_NOT_LOADED, "systemd has not loaded " + state.path()));
                }
            }
        }
        return List.copyOf(drift);
    }

    /**
     * What keeps systemd from starting a unit as it is on the disk, with our drop-in, with one that somebody has edited or that is
     * outdated, or with none. After a reload there must be none before anything is restarted.
     */
    public static List<UnitDrift> ofLoading(UnitState state) {
        var report = state.report();
        if (!report.isLoaded()) {
            return List.of(new UnitDrift(Kind.NOT_LOADABLE, report.id() + " has LoadState=" + report.loadState()));
        }
        if (state.dropIn().isEmpty()) {
            return report.hasDropIn(state.path())
                    ? List.of(new UnitDrift(
                            Kind.DROP_IN_NOT_LOADED, "systemd has loaded " + state.path() + ", which was deleted"))
                    : List.of();
        }
        var overriding = state.overriding().stream()
                .map(file -> new UnitDrift(
                        Kind.DROP_IN_OVERRIDDEN, file.path() + " sets ExecStart= and applies after " + state.path()))
                .toList();
        return overriding.isEmpty() && !isLoaded(state, state.dropIn().get())
                ? List.of(new UnitDrift(Kind.DROP_IN_NOT_LOADED, "systemd has not loaded " + state.path()))
                : overriding;
    }

    /** One without a command, or with one that systemd would not read, is only there. */
    private static boolean isLoaded(UnitState state, String dropIn) {
        try {
            var commands = UnitFile.commands(List.of(new UnitFile(state.path(), dropIn)));
            return commands.isEmpty() ? state.report().hasDropIn(state.path()) : isLoaded(state, commands.getLast());
        } catch (UnitSyntaxException unread) {
            return state.report().hasDropIn(state.path());
        }
    }

    private static boolean isCopyOutdated(UnitState state, DropIn dropIn) {
        return UnderstoodUnit.of(state)
                .command()
                .filter(command -> dropIn.copied().equals(command.withoutAuditFlags()))
                .isEmpty();
    }

    private static boolean isLoaded(UnitState state, ExecLine command) {
        var loaded = state.report().service().execStart();
        return state.report().hasDropIn(state.path())
                && loaded.size() == 1
                && loaded.getFirst().isLoadedFrom(command);
    }
}
