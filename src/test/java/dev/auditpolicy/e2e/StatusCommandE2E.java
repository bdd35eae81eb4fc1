package dev.auditpolicy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.cli.rollout.StatusCommand;
import dev.auditpolicy.lab.LabNodes;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command of an administrator, while the only API server restarts. */
@LabNodes(1)
@ExtendWith(OperatorExtension.class)
class StatusCommandE2E {

    private final Operator operator;

    @TempDir
    private Path directory;

    StatusCommandE2E(Operator operator) {
        this.operator = operator;
    }

    @Test
    void endsWhenTheApiServerIsBackAndProven() throws IOException {
        operator.givenEffective();
        var before = operator.apiServer("cp1");
        operator.apply(AuditPolicies.secrets("watched"));
        var out = new StringWriter();

        var exitCode = new CommandLine(new StatusCommand(InstantSource.system()))
                .setOut(new PrintWriter(out))
                .execute("--watch", "--timeout=5m", "--kubectl=" + kubectl());

        assertThat(exitCode).as(out.toString()).isZero();
        assertThat(out.toString()).contains("cp1: Effective", "Ready: 1 of 1 nodes proven");
        assertThat(operator.apiServer("cp1")).isNotEqualTo(before);
    }

    private Path kubectl() throws IOException {
        var script = Files.writeString(directory.resolve("kubectl"), "#!/bin/sh\nexec src/lab/lab kubectl \"$@\"\n");
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }
}
