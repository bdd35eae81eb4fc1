package dev.auditpolicy.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UnitStateTest {

    private static final List<String> OF_THE_UNIT = List.of("kube-apiserver", "--v=2");
    private static final List<String> WITH_OURS =
            List.of("kube-apiserver", "--v=2", "--audit-policy-file=/p", "--audit-log-path=/l");

    /** The variable of {@code ExecStart=kube-apiserver $ARGS} would seem to have them. */
    @Test
    void leavesOutTheFlagsOfADropInThatWasDeleted() {
        assertThat(state(Optional.empty(), WITH_OURS)
                        .withoutFlagsOfADeletedDropIn(ours())
                        .live())
                .contains(OF_THE_UNIT);
    }

    @Test
    void keepsThemWhileTheDropInIsThere() {
        var state = state(Optional.of("text"), WITH_OURS);

        assertThat(state.withoutFlagsOfADeletedDropIn(ours())).isEqualTo(state);
    }

    @Test
    void keepsTheFlagsOfSomebodyElse() {
        var state = state(Optional.empty(), List.of("kube-apiserver", "--audit-policy-file=/p", "--v=2"));

        assertThat(state.withoutFlagsOfADeletedDropIn(ours())).isEqualTo(state);
    }

    private static Map<String, String> ours() {
        var flags = new LinkedHashMap<String, String>();
        flags.put("audit-policy-file", "/p");
        flags.put("audit-log-path", "/l");
        return flags;
    }

    private static UnitState state(Optional<String> dropIn, List<String> live) {
        var report = TestUnit.running("/usr/bin/kube-apiserver $ARGS").state().report();
        return new UnitState(report, List.of(), dropIn, Optional.of(live));
    }
}
