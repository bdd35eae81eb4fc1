package dev.auditpolicy.unit;

import dev.auditpolicy.unit.command.DropIn;
import dev.auditpolicy.unit.command.LoadedCommand;
import java.util.List;
import java.util.stream.Stream;

/**
 * What systemd reports over D-Bus of the unit as it is loaded.
 *
 * @param id its name; an alias has that of the unit that it stands for
 * @param loadState {@code loaded}, {@code not-found}, {@code bad-setting}, {@code error} or {@code masked}
 * @param fragmentPath its file; empty if it has none
 * @param sourcePath the file from which a generator has made it; empty if none has
 * @param dropInPaths its drop-ins, in the order in which they apply
 * @param needDaemonReload whether a file has changed since
 * @param service what is particular to a service
 */
public record UnitReport(
        String id,
        String loadState,
        String fragmentPath,
        String sourcePath,
        List<String> dropInPaths,
        boolean needDaemonReload,
        Service service) {

    public UnitReport {
        dropInPaths = List.copyOf(dropInPaths);
    }

    /**
     * The service.
     *
     * @param type such as {@code simple} or {@code notify}
     * @param execStart the property {@code ExecStartEx}; {@code ExecStart} lacks most prefixes
     * @param environmentFiles the paths of {@code EnvironmentFiles}
     * @param rootDirectory the directory that is its file system; empty for that of the host
     * @param rootImage the image that is its file system, likewise
     * @param sandbox where it may write
     */
    public record Service(
            String type,
            List<LoadedCommand> execStart,
            List<String> environmentFiles,
            String rootDirectory,
            String rootImage,
            UnitSandbox sandbox) {

        public Service {
            execStart = List.copyOf(execStart);
            environmentFiles = List.copyOf(environmentFiles);
        }
    }

    /** Its file and the drop-ins of others, in the order in which they apply. */
    public List<String> paths() {
        return Stream.concat(Stream.of(fragmentPath), dropInPaths.stream())
                .filter(path -> !path.isEmpty() && !path.equals(DropIn.path(id)))
                .toList();
    }

    /** Whether systemd could start it. */
    public boolean isLoaded() {
        return loadState.equals("loaded");
    }

    boolean hasDropIn(String path) {
        return dropInPaths.contains(path);
    }
}
