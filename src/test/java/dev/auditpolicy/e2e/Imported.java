package dev.auditpolicy.e2e;

import dev.auditpolicy.lab.Lab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What "auditpolicy import" makes of policy files of public clusters, and of what a cluster runs. */
final class Imported {

    private Imported() {}

    static String fromCorpus(String policy, String logPath) {
        return Cli.run(
                        "import",
                        "--policy",
                        Path.of("src/test/resources/policies", policy).toString(),
                        "--log-path",
                        logPath)
                + "  rollout: {minReadySeconds: 2, drainSeconds: 3}\n";
    }

    /** @param directory for what kubectl prints */
    static String fromCluster(Lab lab, Path directory) throws IOException {
        var auditNodes =
                Files.writeString(directory.resolve("auditnodes.yaml"), lab.kubectl("get", "auditnodes", "-o", "yaml"));
        return Cli.run("import", auditNodes.toString());
    }
}
