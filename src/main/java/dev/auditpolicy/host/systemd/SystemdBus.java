package dev.auditpolicy.host.systemd;

import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.annotations.DBusInterfaceName;
import org.freedesktop.dbus.annotations.DBusMemberName;
import org.freedesktop.dbus.interfaces.DBusInterface;

/** The part of {@code org.freedesktop.systemd1(5)} that is used. Public for the proxies that the library makes. */
@DBusInterfaceName("org.freedesktop.systemd1.Manager")
public interface SystemdBus extends DBusInterface {

    @DBusMemberName("LoadUnit")
    DBusPath loadUnit(String name);

    @DBusMemberName("Reload")
    void reload();

    /**
     * Queues a restart and returns its job.
     *
     * @param mode {@code replace} also replaces a job that waits
     */
    @DBusMemberName("RestartUnit")
    DBusPath restartUnit(String name, String mode);

    @DBusMemberName("ResetFailedUnit")
    void resetFailedUnit(String name);
}
