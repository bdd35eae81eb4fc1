package dev.auditpolicy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.lab.Lab;
import dev.auditpolicy.lab.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/** A control-plane node that leaves the cluster and joins it again, as docs/cli.md has a user prepare it. */
final class JoiningNode {

    /** On the node. */
    private static final String FILES = "/root/node-files";

    /** A minute is promised; a loaded machine needs more. */
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final Operator operator;
    private final Lab lab;
    private final String name;

    JoiningNode(Operator operator, String name) {
        this.operator = operator;
        this.lab = operator.lab();
        this.name = name;
    }

    /**
     * Returns when another policy is effective on the rest of the cluster. It waits for this node, and says why, until the Node is
     * deleted.
     */
    void leave(String policy) {
        lab.reset(name);
        operator.apply(policy);
        operator.await("the status names " + name, LIMIT)
                .untilAsserted(() -> assertThat(operator.message("Ready")).contains("from node " + name));
        lab.kubectl("delete", "node", name);
        operator.awaitReady();
        assertThat(lab.kubectl("get", "auditnodes", "-o", "name")).doesNotContain(name);
    }

    /** Another machine with the same name, on which there is nothing but the operator's image. */
    void replace() {
        lab.replace(name);
        lab.importImage(Path.of(System.getProperty("auditpolicy.image.tar")), name);
    }

    /** What "auditpolicy render --node-files" writes, moved to the node by the commands that it prints. */
    void prepare(Path directory) throws IOException {
        var auditNodes =
                Files.writeString(directory.resolve("auditnodes.yaml"), lab.kubectl("get", "auditnodes", "-o", "yaml"));
        var files = directory.resolve("node-files");
        var instructions = Cli.run("render", "--node-files", files.toString(), auditNodes.toString());
        lab.exec(name, "rm", "-rf", FILES);
        lab.exec(name, "mkdir", FILES);
        copy(files, Path.of(FILES));
        for (var command : instructions
                .replace(files.toString(), FILES)
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("install ") || line.startsWith("mkdir "))
                .toList()) {
            lab.exec(name, "sh", "-c", command);
        }
    }

    private void copy(Path from, Path to) throws IOException {
        try (var entries = Files.walk(from)) {
            for (var entry : entries.filter(Files::isRegularFile).toList()) {
                var target = to.resolve(from.relativize(entry));
                lab.execWithInput(
                        name,
                        Files.readString(entry),
                        "sh",
                        "-c",
                        "mkdir -p \"$(dirname \"$0\")\" && cat > \"$0\"",
                        target.toString());
            }
        }
    }

    void joinPrepared() {
        joined(() -> lab.join(name, FILES + "/kubeadm-patches"));
    }

    void join() {
        joined(() -> lab.join(name));
    }

    /**
     * Returns when the AuditPolicy is Ready with this node. A kubelet that has just started reports CreateContainerConfigError for a
     * moment, so that this wait ignores what the pods do.
     */
    private void joined(Runnable join) {
        join.run();
        Awaitility.await("the joined node is Effective")
                .atMost(operator.rolloutLimit())
                .pollInterval(Duration.ofSeconds(1))
                .ignoreExceptionsMatching(LabException.class::isInstance)
                .until(() ->
                        operator.field("auditnode/" + name, ".status.phase").equals("Effective"));
        operator.awaitReady();
    }
}
