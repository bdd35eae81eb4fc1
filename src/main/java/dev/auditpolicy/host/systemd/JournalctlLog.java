package dev.auditpolicy.host.systemd;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.auditpolicy.host.process.LoggedErrors;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.List;
import java.util.Optional;

/** {@link UnitLog} from the host's journal, by its own program: no library reads its files. The image does not have it. */
public final class JournalctlLog implements UnitLog {

    private static final String LINES = "200";

    private final String program;

    public JournalctlLog() {
        this("journalctl");
    }

    JournalctlLog(String program) {
        this.program = program;
    }

    @Override
    public Optional<String> lastError(String unit, String invocation) throws IOException {
        var command = List.of(
                program,
                "--quiet",
                "--no-pager",
                "--output=cat",
                "--lines=" + LINES,
                "_SYSTEMD_UNIT=" + unit,
                "_SYSTEMD_INVOCATION_ID=" + invocation);
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException noSuchProgram) {
            return Optional.of("the agent has no " + program
                    + ", so look for the error in the journal of this host: journalctl" + " --unit=" + unit);
        }
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            return LoggedErrors.last(lines.lines());
        }
    }
}
