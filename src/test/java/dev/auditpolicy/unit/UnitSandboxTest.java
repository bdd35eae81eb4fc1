package dev.auditpolicy.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class UnitSandboxTest {

    private static final String LOG = "/var/log/kubernetes/audit/audit.log";

    @Test
    void allowsEverythingWithoutASetting() {
        assertThat(UnitSandbox.NONE.forbids(LOG)).isEmpty();
    }

    @Test
    void strictForbidsWhatIsNotNamed() {
        assertThat(strict().forbids(LOG)).contains("ProtectSystem=strict");
    }

    @Test
    void strictAllowsADirectoryThatIsNamed() {
        assertThat(strict("-/var/log/kubernetes/").forbids(LOG)).isEmpty();
    }

    @Test
    void aDirectoryWithTheSameBeginningIsAnother() {
        assertThat(strict("/var/log/kube").forbids(LOG)).contains("ProtectSystem=strict");
    }

    @Test
    void theLongestPathDecides() {
        var sandbox = new UnitSandbox(
                "full", List.of("/var/log/kubernetes/audit"), List.of(), List.of("/var/log/kubernetes"));

        assertThat(sandbox.forbids(LOG)).contains("ReadOnlyPaths=/var/log/kubernetes/audit");
    }

    @Test
    void namesAPathThatTheUnitCannotSee() {
        var sandbox = new UnitSandbox("no", List.of(), List.of("/var/log"), List.of());

        assertThat(sandbox.forbids(LOG)).contains("InaccessiblePaths=/var/log");
    }

    private static UnitSandbox strict(String... writable) {
        return new UnitSandbox("strict", List.of(), List.of(), List.of(writable));
    }
}
