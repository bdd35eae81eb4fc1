package dev.auditpolicy.unit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.unit.UnitDrift.Kind;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class UnitDriftTest {

    private static final TestUnit PLANNED =
            TestUnit.running("/usr/bin/kube-apiserver --v=2").planned(false);
    private static final String COMMAND = "[Service]\nExecStart=\nExecStart=/usr/bin/kube-apiserver --v=4\n";

    @Test
    void aPlannedUnitHasNone() {
        assertThat(UnitDrift.of(PLANNED.state())).isEmpty();
    }

    @Test
    void namesADropInThatIsGone() {
        var unit = new TestUnit(PLANNED.unit(), PLANNED.dropIns(), Optional.empty(), PLANNED.environment());

        assertThat(UnitDrift.of(unit.state())).extracting(UnitDrift::kind).containsExactly(Kind.DROP_IN_MISSING);
    }

    @Test
    void namesAnEditedDropIn() {
        var unit = PLANNED.withOurs(PLANNED.ours().orElseThrow().replace("--v=2", "--v=3"));

        assertThat(UnitDrift.of(unit.state())).extracting(UnitDrift::kind).containsExactly(Kind.DROP_IN_EDITED);
    }

    @Test
    void namesAUnitWhoseCommandHasChanged() {
        var unit = PLANNED.replacedBy("[Service]\nExecStart=/usr/bin/kube-apiserver --v=3\n");

        assertThat(UnitDrift.of(unit.state())).extracting(UnitDrift::kind).containsExactly(Kind.UNIT_CHANGED);
    }

    /** {@code systemctl edit} writes override.conf. */
    @Test
    void namesAnEarlierDropInThatChangesTheCommand() {
        var unit = PLANNED.with("override.conf", COMMAND);

        assertThat(UnitDrift.of(unit.state())).extracting(UnitDrift::kind).containsExactly(Kind.UNIT_CHANGED);
    }

    @Test
    void namesALaterDropInThatWins() {
        var unit = PLANNED.with("zzz.conf", COMMAND);

        assertThat(UnitDrift.of(unit.state()))
                .containsExactly(new UnitDrift(
                        Kind.DROP_IN_OVERRIDDEN,
                        "/etc/systemd/system/kube-apiserver.service.d/zzz.conf sets ExecStart= and applies after"
                                + " /etc/systemd/system/kube-apiserver.service.d/zz-auditpolicy.conf"));
    }

    @Test
    void namesADropInThatSystemdHasNotLoaded() {
        var before = TestUnit.running("/usr/bin/kube-apiserver --v=2");
        var state = new UnitState(
                before.report(),
                before.state().files(),
                PLANNED.ours(),
                before.state().live());

        assertThat(UnitDrift.of(state)).extracting(UnitDrift::kind).containsExactly(Kind.DROP_IN_NOT_LOADED);
    }

    /** An ExecStart without the reset: the old process runs on, and the next start fails. */
    @Test
    void namesAUnitThatWouldNotStartAgain() {
        var unit = PLANNED.with("10-more.conf", "[Service]\nExecStart=/usr/bin/kube-apiserver --v=4\n");

        assertThat(UnitDrift.of(unit.state())).extracting(UnitDrift::kind).contains(Kind.UNIT_CHANGED);
    }

    @Test
    void aChangeOfAnotherSettingIsNone() {
        assertThat(UnitDrift.of(PLANNED.with("override.conf", "[Service]\nLimitNOFILE=65536\n")
                        .state()))
                .isEmpty();
    }
}
