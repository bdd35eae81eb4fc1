package dev.auditpolicy.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class OfflineMainTest {

    @Test
    void helpHasTheNameByWhichItIsCalled() {
        assertThat(usage(Map.of("AUDITPOLICY_NAME", "kubectl auditpolicy")))
                .contains("Usage: kubectl auditpolicy lint");
    }

    @Test
    void isCalledAuditpolicyOtherwise() {
        assertThat(usage(Map.of())).contains("Usage: auditpolicy lint");
    }

    private static String usage(Map<String, String> environment) {
        return OfflineMain.commandLine(environment).getSubcommands().get("lint").getUsageMessage();
    }
}
