package dev.auditpolicy.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.auditpolicy.lab.Lab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/** The Debian package of the agent, as {@code make agent} builds it. */
final class AgentPackage {

    private static final String ON_NODE = "/root/auditpolicy-agent.deb";

    private final Path file;

    private AgentPackage(Path file) {
        this.file = file;
    }

    /** Builds the package from what the build has compiled. */
    static AgentPackage build(Path directory) throws IOException, InterruptedException {
        var builder = new ProcessBuilder("src/dist/agent/build", directory.toString(), "target/quarkus-app")
                .redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        var process = builder.start();
        var printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (!process.waitFor(10, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new AssertionError("the package cannot be built: " + printed);
        }
        try (var files = Files.newDirectoryStream(directory, "*.deb")) {
            return new AgentPackage(files.iterator().next());
        }
    }

    void copyTo(Lab lab, String node) throws IOException {
        var text = Base64.getEncoder().encodeToString(Files.readAllBytes(file));
        lab.execWithInput(node, text, "sh", "-c", "base64 -d > " + ON_NODE);
    }

    /** Returns what the package says to the administrator. */
    static String install(Lab lab, String node) {
        return lab.exec(node, "sh", "-c", "dpkg -i " + ON_NODE + " 2>&1");
    }
}
