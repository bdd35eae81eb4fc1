package dev.auditpolicy.agent.turn;

import dev.auditpolicy.journal.FileImage;
import dev.auditpolicy.unit.Expansion;
import dev.auditpolicy.unit.UnitReport;
import dev.auditpolicy.unit.UnitSandbox;
import dev.auditpolicy.unit.command.LoadedCommand;
import dev.auditpolicy.unit.syntax.ExecLine;
import dev.auditpolicy.unit.syntax.UnitSyntaxException;
import dev.auditpolicy.unit.syntax.UnitText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The unit of kube-apiserver as systemd has loaded it from a disk.
 *
 * @param texts by path, the unit's file first and then its drop-ins in their order
 * @param commands after all of them; systemd starts none but exactly one
 * @param at when
 */
record LoadedUnit(
        Map<String, String> texts, List<ExecLine> commands, String type, List<String> environmentFiles, Instant at) {

    static final String NAME = "kube-apiserver.service";
    static final String PATH = "/etc/systemd/system/" + NAME;
    private static final String DROP_INS = PATH + ".d/";
    private static final String SERVICE = "Service";

    static LoadedUnit of(SimulatedDisk disk, Instant at) {
        var texts = texts(disk);
        return new LoadedUnit(
                texts,
                commands(texts.values()),
                values(texts, "Type").reduce("simple", (_, last) -> last),
                values(texts, "EnvironmentFile").toList(),
                at);
    }

    /** The texts are sorted as systemd does it: the unit's path is a prefix of those of its drop-ins. */
    private static Map<String, String> texts(SimulatedDisk disk) {
        var texts = new TreeMap<String, String>();
        disk.files().forEach((path, file) -> {
            if (path.equals(PATH) || isDropIn(path)) {
                texts.put(path, file.text());
            }
        });
        return texts;
    }

    private static boolean isDropIn(String path) {
        return path.startsWith(DROP_INS) && path.endsWith(".conf") && !path.startsWith(DROP_INS + ".");
    }

    private static List<ExecLine> commands(Collection<String> texts) {
        var commands = new ArrayList<ExecLine>();
        for (var text : texts) {
            for (var value : UnitText.parse(text).values(SERVICE, "ExecStart")) {
                try {
                    if (value.isEmpty()) {
                        commands.clear();
                    } else {
                        commands.addAll(ExecLine.parse(value));
                    }
                } catch (UnitSyntaxException invalid) {
                    return List.of();
                }
            }
        }
        return List.copyOf(commands);
    }

    boolean isLoadable() {
        return commands.size() == 1;
    }

    /** Whether a reload would change nothing. */
    boolean isThatOf(SimulatedDisk disk) {
        return texts.equals(texts(disk));
    }

    /** systemd compares names and times, not what the files say. */
    private boolean needsReload(SimulatedDisk disk) {
        var present = texts(disk);
        return !present.keySet().equals(texts.keySet())
                || present.keySet().stream()
                        .anyMatch(path ->
                                disk.changedAt(path).filter(at::isBefore).isPresent());
    }

    boolean notifies() {
        return type.equals("notify");
    }

    private static Stream<String> values(Map<String, String> texts, String key) {
        return texts.values().stream().flatMap(text -> UnitText.parse(text).values(SERVICE, key).stream());
    }

    /** The command line of a process that starts now. */
    List<String> argv(SimulatedDisk disk) {
        var environment = new HashMap<String, String>();
        for (var path : environmentFiles) {
            disk.read(path).map(FileImage::text).stream().flatMap(String::lines).forEach(line -> {
                var equals = line.indexOf('=');
                environment.put(line.substring(0, equals), line.substring(equals + 1));
            });
        }
        return Expansion.of(commands.getFirst(), environment);
    }

    UnitReport report(SimulatedDisk disk) {
        var loaded = commands.stream()
                .map(line -> new LoadedCommand(line.path(), Expansion.loaded(line), Set.of()))
                .toList();
        return new UnitReport(
                NAME,
                isLoadable() ? "loaded" : "bad-setting",
                Optional.of(PATH).filter(texts::containsKey).orElse(""),
                "",
                texts.keySet().stream().skip(1).toList(),
                needsReload(disk),
                new UnitReport.Service(type, loaded, environmentFiles, "", "", UnitSandbox.NONE));
    }
}
