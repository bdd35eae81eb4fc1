package dev.auditpolicy.cli.nodefiles;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import dev.auditpolicy.manifest.KubeadmPatches;
import dev.auditpolicy.manifest.flags.DesiredAuditConfig;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The files that a node must have before kubeadm writes its manifest of kube-apiserver.
 *
 * @param directory where they are written, with the paths of the node below it
 * @param policy the content of the policy file
 * @param webhookFiles the kubeconfig of the webhook and the files that it names, by name; empty without a webhook
 */
public record NodeFiles(Path directory, String policy, DesiredAuditConfig config, Map<String, byte[]> webhookFiles) {

    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private static final Pattern PLAIN_WORD = Pattern.compile("[A-Za-z0-9_./+:@%-]+");

    public NodeFiles {
        webhookFiles = Map.copyOf(webhookFiles);
    }

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
        // The agent regards another mode as a difference, and restarts kube-apiserver.
        writeForOwner(onNode(config.policyPath()), policy.getBytes(UTF_8));
        if (config.logDirectory().isPresent()) {
            Files.createDirectories(onNode(config.logDirectory().get()));
        }
        if (config.webhookDirectory().isPresent()) {
            for (var file : webhookFiles.entrySet()) {
                writeForOwner(onNode(config.webhookDirectory().get()).resolve(file.getKey()), file.getValue());
            }
        }
        Files.createDirectories(patches());
        for (var patch : KubeadmPatches.of(config).entrySet()) {
            Files.writeString(patches().resolve(patch.getKey()), patch.getValue(), CREATE_NEW, WRITE);
        }
    }

    private static void writeForOwner(Path file, byte[] content) throws IOException {
        Files.createDirectories(requireNonNull(file.getParent()));
        Files.createFile(file, OWNER_ONLY);
        Files.write(file, content);
    }

    /** What to do with them, as commands for a shell. */
    public String instructions() {
        return """
                Wrote the files of revision %s. Copy %s to the new node, and run there as root:

                  install -D -m 0600 %s %s
                %s  kubeadm join ... --control-plane --patches %s

                With --config, kubeadm accepts no --patches. Add to the JoinConfiguration instead:

                  patches: {directory: %s}
                """.formatted(
                        config.revision(),
                        quoted(directory),
                        quoted(onNode(config.policyPath())),
                        config.policyPath(),
                        backends(),
                        quoted(patches()),
                        quotedInYaml(patches()));
    }

    private String backends() {
        var log = config.logDirectory().map(path -> "  mkdir -p " + path + "\n").orElse("");
        var webhook = config.webhookDirectory()
                .map(path -> "  install -D -m 0600 -t " + path + " "
                        + webhookFiles.keySet().stream()
                                .sorted()
                                .map(name -> quoted(onNode(path).resolve(name)))
                                .collect(joining(" "))
                        + "\n")
                .orElse("");
        return log + webhook;
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
