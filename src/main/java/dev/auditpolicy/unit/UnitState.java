package dev.auditpolicy.unit;

import static java.util.stream.Collectors.toMap;

import dev.auditpolicy.unit.command.Bindings;
import dev.auditpolicy.unit.command.DropIn;
import dev.auditpolicy.unit.command.DropInText;
import dev.auditpolicy.unit.command.UnitCommand;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A unit as it is on its host.
 *
 * @param report what systemd has loaded
 * @param files the unit's file and then the drop-ins of {@code report}, as they are on the disk, without ours
 * @param dropIn the text of our drop-in on the disk, loaded or not
 * @param live the command line of the unit's main process; empty if there is none
 */
public record UnitState(UnitReport report, List<UnitFile> files, Optional<String> dropIn, Optional<List<String>> live) {

    public UnitState {
        files = List.copyOf(files);
        live = live.filter(argv -> !argv.isEmpty()).map(List::copyOf);
    }

    /** The same with another text of our drop-in. */
    public UnitState withDropIn(Optional<String> text) {
        return new UnitState(report, files, text, live);
    }

    /** Where our drop-in is. */
    public String path() {
        return DropIn.path(report.id());
    }

    /** What is there of ours, or under its name. */
    DropInText present() {
        return dropIn.map(DropIn::read).orElseGet(DropInText.Absent::new);
    }

    /**
     * Those of the audit flags of a process that count: if it runs our drop-in, a variable of the command may set some that we
     * override, or whose backend is off.
     */
    public Map<String, String> effective(Map<String, String> live) {
        var known = present().marks();
        return known.filter(dropIn -> live.entrySet().containsAll(dropIn.flags().entrySet()))
                        .isEmpty()
                ? live
                : live.entrySet().stream()
                        .filter(flag -> !known.get().isWithoutEffect(flag.getKey()))
                        .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Whether the process was started with another command than that of our drop-in. */
    public boolean runsAnotherCommand() {
        return present() instanceof DropInText.Written(DropIn dropIn)
                && live.filter(argv -> Bindings.of(UnitCommand.words(dropIn.command()), argv.subList(1, argv.size()))
                                .isEmpty())
                        .isPresent();
    }

    /**
     * This state, if somebody has deleted our drop-in and a process still runs it, without {@code flags} at the end of its command
     * line: a variable of the unit's own command would seem to contain them.
     *
     * @param flags that our drop-in had, in the order in which it had them
     */
    public UnitState withoutFlagsOfADeletedDropIn(Map<String, String> flags) {
        var words = flags.entrySet().stream()
                .map(flag -> "--" + flag.getKey() + "=" + flag.getValue())
                .toList();
        var rest = live.filter(_ -> dropIn.isEmpty())
                .filter(argv -> argv.size() > words.size()
                        && argv.subList(argv.size() - words.size(), argv.size()).equals(words))
                .map(argv -> argv.subList(0, argv.size() - words.size()));
        return rest.isPresent() ? new UnitState(report, files, dropIn, rest) : this;
    }

    /** The audit flags that our drop-in sets; none without it. */
    public Set<String> ownFlags() {
        return present().marks().map(dropIn -> dropIn.flags().keySet()).orElse(Set.of());
    }

    /** The drop-ins that apply after ours and set the command. */
    List<UnitFile> overriding() {
        return dropIns()
                .filter(file -> DropIn.NAME.compareTo(file.name()) < 0)
                .filter(UnitFile::setsCommand)
                .toList();
    }

    /** Files without those that apply after ours. */
    List<UnitFile> before() {
        var overriding = overriding();
        return files.stream().filter(file -> !overriding.contains(file)).toList();
    }

    private Stream<UnitFile> dropIns() {
        return files.stream().filter(file -> !file.path().equals(report.fragmentPath()));
    }
}
