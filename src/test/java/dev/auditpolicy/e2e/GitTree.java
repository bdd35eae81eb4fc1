package dev.auditpolicy.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** A repository with the operator's manifests, and the HTTP server that Flux fetches its revisions from. */
final class GitTree implements AutoCloseable {

    private static final String AUDIT_POLICY = "deploy/examples/secrets-safe/auditpolicy.yaml";

    private final Path tree;
    private final Path archives;
    private final HttpServer server;

    /**
     * A revision as Flux fetches it.
     *
     * @param url address of its archive
     */
    record Revision(String name, String url, String digest, long size) {}

    private GitTree(Path tree, Path archives, HttpServer server) {
        this.tree = tree;
        this.archives = archives;
        this.server = server;
    }

    static GitTree create() throws IOException {
        var directory = Files.createTempDirectory("git-tree");
        var tree = Files.createDirectories(directory.resolve("tree"));
        var archives = Files.createDirectories(directory.resolve("archives"));
        run("cp", "-r", "crds", "deploy", tree.toString());
        var server = SimpleFileServer.createFileServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                archives,
                SimpleFileServer.OutputLevel.NONE);
        server.start();
        return new GitTree(tree, archives, server);
    }

    Path directory() {
        return tree;
    }

    /** Commits what is there. */
    Revision commit(String name) {
        try {
            var archive = archives.resolve(name + ".tar.gz");
            run("tar", "-C", tree.toString(), "-czf", archive.toString(), "crds", "deploy");
            var digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(archive));
            return new Revision(
                    "main@sha1:" + name,
                    "http://localhost:%d/%s.tar.gz"
                            .formatted(server.getAddress().getPort(), name),
                    "sha256:" + HexFormat.of().formatHex(digest),
                    Files.size(archive));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (NoSuchAlgorithmException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Commits another AuditPolicy. */
    Revision commit(String name, String auditPolicy) {
        try {
            Files.writeString(tree.resolve(AUDIT_POLICY), auditPolicy);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return commit(name);
    }

    @Override
    public void close() {
        server.stop(0);
        run("rm", "-r", tree.getParent().toString());
    }

    private static void run(String... command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var output = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(List.of(command) + " failed: " + output);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new AssertionError(List.of(command) + " was interrupted");
        }
    }
}
