package dev.auditpolicy.cli.nodefiles;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.util.Objects.requireNonNull;

import dev.auditpolicy.manifest.KubeadmPatches;
import dev.auditpolicy.manifest.flags.DesiredAuditConfig;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Pattern;

/**
 * The files that a node must have before kubeadm writes its manifest of kube-apiserver.
 *
 * @param directory where they are written, with the paths of the node below it
 * @param policy the content of the policy file
 */
public record NodeFiles(Path directory, String policy, DesiredAuditConfig config) {

    private static final Pattern PLAIN_WORD = Pattern.compile("[A-Za-z0-9_./+:@%-]+");

    /**
     * Whether there is nothing that {@link #write} could overwrite.
     *
     * @throws IOException if it can't be read, or is a file
     */
    public static boolean isFree(Path directory) throws IOException {
        if (!Files.exists(directory, NOFOLLOW_LINKS)) {
            return true;
        }
        if (!Files.isDirectory(directory)) {
            throw new FileSystemException(directory.toString(), null, "not a directory");
        }
        try (var entries = Files.list(directory)) {
            return entries.findAny().isEmpty();
        }
    }

    /** Writes all files, and overwrites none. */
    public void write() throws IOException {
        var policyFile = onNode(config.policyPath());
        Files.createDirectories(requireNonNull(policyFile.getParent()));
        // The agent regards another mode as a difference, and restarts kube-apiserver.
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Files.createFile(policyFile, ownerOnly);
        Files.writeString(policyFile, policy);
        Files.createDirectories(onNode(config.logDirectory().orElseThrow()));
        Files.createDirectories(patches());
        for (var patch : KubeadmPatches.of(config).entrySet()) {
            Files.writeString(patches().resolve(patch.getKey()), patch.getValue(), CREATE_NEW, WRITE);
        }
    }

    /** What to do with them, as commands for a shell. */
    public String instructions() {
        return """
                Wrote the files of revision %1$s. Copy %2$s to the new node, and run there as root:

                  install -D -m 0600 %3$s %4$s
                  mkdir -p %5$s
                  kubeadm join ... --control-plane --patches %6$s

                With --config, kubeadm accepts no --patches. Add to the JoinConfiguration instead:

                  patches: {directory: %7$s}
                """.formatted(
                        config.revision(),
                        quoted(directory),
                        quoted(onNode(config.policyPath())),
                        config.policyPath(),
                        config.logDirectory().orElseThrow(),
                        quoted(patches()),
                        quotedInYaml(patches()));
    }

    private static String quoted(Path path) {
        var word = path.toString();
        return PLAIN_WORD.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private static String quotedInYaml(Path path) {
        var word = path.toString();
        return PLAIN_WORD.matcher(word).matches() ? word : "'" + word.replace("'", "''") + "'";
    }

    private Path onNode(String path) {
        return directory.resolve(path.substring(1));
    }

    private Path patches() {
        return directory.resolve("kubeadm-patches");
    }
}
