package dev.auditpolicy.host.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class JournalctlLogTest {

    @Test
    void saysWhereTheErrorIsWhereItCannotReadTheJournal() throws IOException {
        var log = new JournalctlLog("/none/journalctl");

        assertThat(log.lastError("kube-apiserver.service", "d229192e90f0458389a2faddd07c549a"))
                .hasValueSatisfying(error -> assertThat(error).contains("journalctl --unit=kube-apiserver.service"));
    }
}
