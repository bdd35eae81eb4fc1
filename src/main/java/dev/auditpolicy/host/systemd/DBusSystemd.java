package dev.auditpolicy.host.systemd;

import dev.auditpolicy.unit.UnitReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.exceptions.DBusExecutionException;
import org.freedesktop.dbus.interfaces.Properties;

/**
 * {@link Systemd} over the system bus, which is also in reach of a container. Each call has a connection of its own: there are few,
 * and none is left when the bus is restarted.
 */
public final class DBusSystemd implements Systemd {

    private static final String SYSTEMD = "org.freedesktop.systemd1";
    private static final String MANAGER = "/org/freedesktop/systemd1";
    private static final Path SOCKET = Path.of("/run/dbus/system_bus_socket");

    private final Path socket;
    private final HostFiles files = new HostFiles();

    public DBusSystemd() {
        this(SOCKET);
    }

    DBusSystemd(Path socket) {
        this.socket = socket;
    }

    /** Whether this host, as far as it is in reach, has a system bus. */
    public boolean isPresent() {
        return Files.exists(socket);
    }

    @Override
    public UnitReport report(String unit) throws IOException {
        return properties(unit).report();
    }

    @Override
    public Optional<Invocation> lastStart(String unit) throws IOException {
        return properties(unit).lastStart();
    }

    @Override
    public void reload() throws IOException {
        call(bus -> {
            manager(bus).reload();
            return MANAGER;
        });
    }

    @Override
    public void restart(String unit) throws IOException {
        call(bus -> manager(bus).restartUnit(unit, "replace").getPath());
    }

    @Override
    public Activity activity(String unit) throws IOException {
        return properties(unit).activity();
    }

    @Override
    public String fileText(String path) throws IOException {
        return files.text(path);
    }

    @Override
    public void resetFailed(String unit) throws IOException {
        call(bus -> {
            manager(bus).resetFailedUnit(unit);
            return MANAGER;
        });
    }

    private UnitProperties properties(String unit) throws IOException {
        return call(bus -> {
            var path = manager(bus).loadUnit(unit).getPath();
            var properties = bus.getRemoteObject(SYSTEMD, path, Properties.class);
            return new UnitProperties(properties.GetAll(SYSTEMD + ".Unit"), properties.GetAll(SYSTEMD + ".Service"));
        });
    }

    private static SystemdBus manager(DBusConnection bus) throws DBusException {
        return bus.getRemoteObject(SYSTEMD, MANAGER, SystemdBus.class);
    }

    @FunctionalInterface
    private interface Call<T> {
        T on(DBusConnection bus) throws DBusException;
    }

    private <T> T call(Call<T> call) throws IOException {
        if (!isPresent()) {
            throw new IOException(
                    "no system bus at " + socket + ": systemd cannot be asked about kube-apiserver's unit");
        }
        try (var bus = DBusConnectionBuilder.forAddress("unix:path=" + socket)
                .withShared(false)
                .build()) {
            return call.on(bus);
        } catch (DBusException | DBusExecutionException failure) {
            throw new IOException("systemd answers: " + failure.getMessage(), failure);
        }
    }
}
