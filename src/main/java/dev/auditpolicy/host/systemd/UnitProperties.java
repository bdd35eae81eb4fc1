package dev.auditpolicy.host.systemd;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.auditpolicy.host.systemd.Systemd.Activity;
import dev.auditpolicy.host.systemd.Systemd.Invocation;
import dev.auditpolicy.unit.UnitReport;
import dev.auditpolicy.unit.UnitSandbox;
import dev.auditpolicy.unit.command.LoadedCommand;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.freedesktop.dbus.types.UInt64;
import org.freedesktop.dbus.types.Variant;
import org.jspecify.annotations.Nullable;

/**
 * The properties of a unit as D-Bus delivers them: arrays as lists, structures as arrays of objects.
 *
 * @param unit those of {@code org.freedesktop.systemd1.Unit}
 * @param service those of {@code org.freedesktop.systemd1.Service}
 */
record UnitProperties(Map<String, Variant<?>> unit, Map<String, Variant<?>> service) {

    UnitReport report() {
        return new UnitReport(
                text(unit, "Id"),
                text(unit, "LoadState"),
                text(unit, "FragmentPath"),
                text(unit, "SourcePath"),
                strings(value(unit, "DropInPaths")).toList(),
                Boolean.TRUE.equals(value(unit, "NeedDaemonReload")),
                new UnitReport.Service(
                        text(service, "Type"),
                        structures(service, "ExecStartEx")
                                .map(UnitProperties::command)
                                .toList(),
                        structures(service, "EnvironmentFiles")
                                .map(file -> file[0].toString())
                                .toList(),
                        text(service, "RootDirectory"),
                        text(service, "RootImage"),
                        sandbox()));
    }

    private UnitSandbox sandbox() {
        return new UnitSandbox(
                text(service, "ProtectSystem"),
                strings(value(service, "ReadOnlyPaths")).toList(),
                strings(value(service, "InaccessiblePaths")).toList(),
                Stream.of(
                                strings(value(service, "ReadWritePaths")),
                                strings(value(service, "LogsDirectory")).map("/var/log/"::concat),
                                strings(value(service, "StateDirectory")).map("/var/lib/"::concat),
                                strings(value(service, "CacheDirectory")).map("/var/cache/"::concat),
                                strings(value(service, "RuntimeDirectory")).map("/run/"::concat))
                        .flatMap(paths -> paths)
                        .toList());
    }

    /** InvocationID is 16 bytes, or none. */
    Optional<Invocation> lastStart() {
        if (!(value(unit, "InvocationID") instanceof List<?> bytes) || bytes.isEmpty()) {
            return Optional.empty();
        }
        var id = new byte[bytes.size()];
        for (var index = 0; index < id.length; index++) {
            id[index] = ((Number) bytes.get(index)).byteValue();
        }
        return time(service, "ExecMainStartTimestamp")
                .or(this::failedBeforeMain)
                .map(startedAt -> new Invocation(HexFormat.of().formatHex(id), startedAt));
    }

    /** A command before that of the service has failed, such as ExecStartPre=. While it runs, nothing has failed. */
    private Optional<Instant> failedBeforeMain() {
        return activity().isDown() && !text(service, "Result").equals("success")
                ? time(unit, "InactiveExitTimestamp")
                : Optional.empty();
    }

    /** In microseconds since 1970; 0 for never. */
    private static Optional<Instant> time(Map<String, Variant<?>> properties, String name) {
        return value(properties, name) instanceof UInt64 microseconds && microseconds.longValue() != 0
                ? Optional.of(Instant.EPOCH.plus(microseconds.longValue(), ChronoUnit.MICROS))
                : Optional.empty();
    }

    /** Job is its number, 0 without one, and its path. */
    Activity activity() {
        return new Activity(
                text(unit, "ActiveState"),
                text(unit, "SubState"),
                value(unit, "Job") instanceof Object[] job && ((Number) job[0]).longValue() != 0);
    }

    /** Path, arguments, flags, and six times and numbers of its last run. */
    private static LoadedCommand command(Object[] structure) {
        return new LoadedCommand(
                structure[0].toString(),
                strings(structure[1]).toList(),
                strings(structure[2]).collect(toUnmodifiableSet()));
    }

    private static Stream<Object[]> structures(Map<String, Variant<?>> properties, String name) {
        return value(properties, name) instanceof List<?> list ? list.stream().map(Object[].class::cast) : Stream.of();
    }

    private static Stream<String> strings(@Nullable Object list) {
        return list instanceof List<?> texts ? texts.stream().map(String::valueOf) : Stream.of();
    }

    private static String text(Map<String, Variant<?>> properties, String name) {
        return value(properties, name) instanceof String text ? text : "";
    }

    private static @Nullable Object value(Map<String, Variant<?>> properties, String name) {
        var variant = properties.get(name);
        return variant == null ? null : variant.getValue();
    }
}
