package dev.auditpolicy.host.program;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * {@link GuardProgram} as a copy of the files that this process runs, so that the guard needs neither the image of the agent
 * nor a registry. Each version has a directory of its own, named by a hash of the files: an update of the agent leaves the
 * program of a running guard alone.
 */
public final class CopiedProgram implements GuardProgram {

    /** Below the state directory, which agent and guard mount at the same path as on the node. */
    public static final String DIRECTORY = "/var/lib/auditpolicy/guard";

    private static final int NAME_DIGITS = 16;

    private final Path root;
    private final ProgramSource source;
    private final ProgramTrial trial;
    private Optional<Path> known = Optional.empty();
    private boolean tried;

    /** The files of a program, which only a running agent needs. */
    interface ProgramSource {
        ProgramFiles files() throws IOException;
    }

    /**
     * A copy of this process.
     *
     * @param javaHome the runtime of this process
     * @param jar the jar with which {@code java -jar} started it
     */
    public CopiedProgram(Path javaHome, Path jar) {
        this(Path.of(DIRECTORY), () -> ProgramFiles.ofThisProcess(javaHome, jar), new ProgramTrial());
    }

    CopiedProgram(Path root, ProgramSource source, ProgramTrial trial) {
        this.root = root;
        this.source = source;
        this.trial = trial;
    }

    @Override
    public ProgramCommand install() throws IOException, InterruptedException {
        var program = source.files();
        var files = program.byName();
        var directory = directory(files);
        var copy = new DirectoryCopy(files);
        if (!copy.isAt(directory)) {
            tried = false;
            copy.createAt(directory);
        }
        var command = program.command(directory);
        if (!tried) {
            trial.run(command);
            tried = true;
        }
        return command;
    }

    @Override
    public void deleteOthers() throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        var own = directory(source.files().byName());
        try (var directories = Files.list(root)) {
            for (var other : directories.filter(found -> !found.equals(own)).toList()) {
                DirectoryCopy.delete(other);
            }
        }
    }

    private Path directory(Map<String, Path> files) throws IOException {
        if (known.isEmpty()) {
            known = Optional.of(root.resolve(name(files)));
        }
        return known.get();
    }

    private static String name(Map<String, Path> files) throws IOException {
        var hash = sha256();
        var buffer = new byte[1 << 16];
        for (var file : files.entrySet()) {
            hash.update((file.getKey() + '\0' + Files.size(file.getValue()) + '\0').getBytes(UTF_8));
            try (var content = Files.newInputStream(file.getValue())) {
                for (int length = content.read(buffer); length >= 0; length = content.read(buffer)) {
                    hash.update(buffer, 0, length);
                }
            }
        }
        return HexFormat.of().formatHex(hash.digest()).substring(0, NAME_DIGITS);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
