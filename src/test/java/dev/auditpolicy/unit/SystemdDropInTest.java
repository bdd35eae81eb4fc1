package dev.auditpolicy.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.auditpolicy.unit.command.LoadedCommand;
import dev.auditpolicy.unit.syntax.Systemd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The systemd of this machine loads each unit of {@code golden}, with and without our drop-in, as the other tests assume. */
final class SystemdDropInTest {

    @TempDir
    private Path root;

    @TestFactory
    Stream<DynamicTest> systemdLoadsTheSame() {
        assumeTrue(Systemd.isInstalled(), "systemd-analyze is not installed");
        return UnitFolder.all().stream().flatMap(folder -> {
            var unit = folder.unit();
            var planned = folder.read("out.conf").map(unit::withOurs);
            return Stream.concat(
                    Stream.of(dynamicTest(folder.name(), () -> check(unit))),
                    planned.stream().map(with -> dynamicTest(folder.name() + " with ours", () -> check(with))));
        });
    }

    private void check(TestUnit unit) throws IOException {
        var report = unit.report();

        var loaded = new Systemd(Files.createTempDirectory(root, "root")).load(unit.onDisk());

        assertThat(loaded.containsKey(TestUnit.NAME)).isEqualTo(report.isLoaded());
        if (report.isLoaded()) {
            assertThat(loaded.get(TestUnit.NAME).commands())
                    .isEqualTo(report.service().execStart().stream()
                            .map(LoadedCommand::argv)
                            .toList());
        }
    }
}
