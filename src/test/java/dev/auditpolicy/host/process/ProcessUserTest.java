package dev.auditpolicy.host.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessUserTest {

    private static final ProcessUser USER = new ProcessUser(2000, 2001, Set.of(2002));

    /** The first class that matches decides, even if a later one would grant more. */
    @ParameterizedTest
    @CsvSource({
        "2000, 0,    0400, true",
        "2000, 2001, 0077, false",
        "0,    2001, 0040, true",
        "0,    2002, 0040, true",
        "0,    2001, 0704, false",
        "0,    0,    0004, true",
        "0,    0,    0770, false",
    })
    void mayReadWhatTheBitsOfItsClassGrant(int owner, int group, String mode, boolean granted) {
        assertThat(USER.may(ProcessUser.READ, owner, group, Integer.parseInt(mode, 8)))
                .isEqualTo(granted);
    }

    @Test
    void needsEveryBit() {
        assertThat(USER.may(ProcessUser.WRITE + ProcessUser.SEARCH, 2000, 0, 0200))
                .isFalse();
        assertThat(USER.may(ProcessUser.WRITE + ProcessUser.SEARCH, 2000, 0, 0300))
                .isTrue();
    }

    @Test
    void mayDoEverythingAsRoot() {
        assertThat(ProcessUser.ROOT.may(ProcessUser.READ, 2000, 2000, 0)).isTrue();
    }
}
