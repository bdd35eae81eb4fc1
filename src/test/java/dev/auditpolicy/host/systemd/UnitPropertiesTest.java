package dev.auditpolicy.host.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.host.systemd.Systemd.Invocation;
import dev.auditpolicy.unit.command.LoadedCommand;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.freedesktop.dbus.types.UInt64;
import org.freedesktop.dbus.types.Variant;
import org.junit.jupiter.api.Test;

/** Values as dbus-java returned them for a unit of systemd 252. */
class UnitPropertiesTest {

    private static final String INVOCATION = "d229192e90f0458389a2faddd07c549a";

    @Test
    void readsTheLoadedUnit() {
        var command =
                new Object[] {"/usr/bin/kube-apiserver", List.of("kube-apiserver", "--v=2"), List.of("no-env-expand")};
        var properties = new UnitProperties(
                Map.of(
                        "Id", variant("kube-apiserver.service", "s"),
                        "LoadState", variant("loaded", "s"),
                        "FragmentPath", variant("/etc/systemd/system/kube-apiserver.service", "s"),
                        "DropInPaths", variant(List.of("/etc/systemd/system/kube-apiserver.service.d/a.conf"), "as"),
                        "NeedDaemonReload", variant(true, "b")),
                Map.of(
                        "Type", variant("notify", "s"),
                        "ExecStartEx", variant(List.<Object[]>of(command), "a(sasasttttuii)"),
                        "EnvironmentFiles", variant(List.<Object[]>of(new Object[] {"/etc/k8s/env", true}), "a(sb)")));

        var report = properties.report();

        assertThat(report.id()).isEqualTo("kube-apiserver.service");
        assertThat(report.dropInPaths()).containsExactly("/etc/systemd/system/kube-apiserver.service.d/a.conf");
        assertThat(report.needDaemonReload()).isTrue();
        assertThat(report.service().execStart())
                .containsExactly(new LoadedCommand(
                        "/usr/bin/kube-apiserver", List.of("kube-apiserver", "--v=2"), Set.of("no-env-expand")));
        assertThat(report.service().environmentFiles()).containsExactly("/etc/k8s/env");
    }

    @Test
    void reportsAUnitThatDoesNotExist() {
        var report = new UnitProperties(Map.of("LoadState", variant("not-found", "s")), Map.of()).report();

        assertThat(report.loadState()).isEqualTo("not-found");
        assertThat(report.service().execStart()).isEmpty();
    }

    @Test
    void readsTheLastStart() {
        var started = new UnitProperties(
                Map.of("InvocationID", variant(bytes(INVOCATION), "ay")),
                Map.of("ExecMainStartTimestamp", variant(new UInt64(1796001963190729L), "t")));

        assertThat(started.lastStart())
                .contains(new Invocation(INVOCATION, Instant.parse("2026-11-30T01:26:03.190729Z")));
    }

    @Test
    void hasNoStartBeforeTheFirst() {
        var loaded = new UnitProperties(
                Map.of("InvocationID", variant(List.of(), "ay")),
                Map.of("ExecMainStartTimestamp", variant(new UInt64(0), "t")));

        assertThat(loaded.lastStart()).isEmpty();
    }

    @Test
    void countsAStartThatFailedBeforeTheMainProcess() {
        assertThat(beforeMain("auto-restart", "exit-code").lastStart()).isPresent();
    }

    @Test
    void doesNotCountAStartWhoseMainProcessIsYetToCome() {
        assertThat(beforeMain("start-pre", "success").lastStart()).isEmpty();
    }

    private static UnitProperties beforeMain(String subState, String result) {
        return new UnitProperties(
                Map.of(
                        "InvocationID", variant(bytes(INVOCATION), "ay"),
                        "ActiveState", variant("activating", "s"),
                        "SubState", variant(subState, "s"),
                        "InactiveExitTimestamp", variant(new UInt64(1796001963190729L), "t")),
                Map.of(
                        "ExecMainStartTimestamp", variant(new UInt64(0), "t"),
                        "Result", variant(result, "s")));
    }

    private static List<Byte> bytes(String hex) {
        var bytes = HexFormat.of().parseHex(hex);
        return IntStream.range(0, bytes.length).mapToObj(index -> bytes[index]).toList();
    }

    private static Variant<?> variant(Object value, String signature) {
        return new Variant<>(value, signature);
    }
}
