package dev.auditpolicy.host.survey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.Proc;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@link HostSurvey} through {@code /proc} of the node: {@code /proc/1/root} is its root in a pod with {@code hostPID}, so the
 * agent needs no further mounts.
 */
public final class ProcHostSurvey implements HostSurvey {

    private static final long INIT = 1;

    /** The greatest policy that an AuditPolicy may have is a quarter of it. */
    private static final long MAX_FILE_BYTES = 1024 * 1024;

    private final Proc proc;

    public ProcHostSurvey() {
        this(Path.of("/proc"));
    }

    ProcHostSurvey(Path proc) {
        this.proc = new Proc(proc);
    }

    @Override
    public Optional<SeenFile> file(ApiServerProcess process, String path) throws IOException {
        var file = proc.entry(process.pid()).resolve("root" + path);
        var bytes = read(file);
        if (bytes.isEmpty() || proc.startTicks(process.pid()) != process.startTicks()) {
            return Optional.empty();
        }
        return Optional.of(new SeenFile(
                text(bytes.get()),
                sha256(bytes.get()),
                Files.getLastModifiedTime(file).toInstant()));
    }

    /** Nothing but a regular file is opened: a named pipe would block the loop. */
    private static Optional<byte[]> read(Path file) throws IOException {
        try {
            return Files.isRegularFile(file) && Files.size(file) <= MAX_FILE_BYTES
                    ? Optional.of(Files.readAllBytes(file))
                    : Optional.empty();
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(byte[] bytes) {
        try {
            return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException notUtf8) {
            return Optional.empty();
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    @Override
    public Optional<String> hostPath(ApiServerProcess process, String path) throws IOException {
        return mounts(process.pid())
                .pathOn(mounts(INIT), Path.of(path).normalize().toString());
    }

    private MountSource mounts(long pid) throws IOException {
        return MountSource.of(Files.readString(proc.entry(pid).resolve("mountinfo")));
    }

    @Override
    public List<ManifestFile> manifests(String directory) throws IOException {
        var found = new ArrayList<ManifestFile>();
        try (var entries = Files.newDirectoryStream(onNode(directory), "[!.]*")) {
            for (var entry : entries) {
                read(entry)
                        .flatMap(ProcHostSurvey::text)
                        .ifPresent(text ->
                                found.add(new ManifestFile(entry.getFileName().toString(), text)));
            }
        } catch (NoSuchFileException absent) {
            return List.of();
        } catch (DirectoryIteratorException failure) {
            throw failure.getCause();
        }
        found.sort((one, other) -> one.name().compareTo(other.name()));
        return List.copyOf(found);
    }

    @Override
    public Set<String> existing(Collection<String> paths) {
        var found = new HashSet<String>();
        paths.stream()
                .filter(path -> Files.exists(onNode(path), NOFOLLOW_LINKS))
                .forEach(found::add);
        return Set.copyOf(found);
    }

    @Override
    public Set<String> programs() throws IOException {
        var names = new HashSet<String>();
        for (var pid : proc.pids()) {
            program(pid).ifPresent(names::add);
        }
        return Set.copyOf(names);
    }

    /** A program may set its title, such as "/usr/local/bin/k3s server" in one argument. */
    private Optional<String> program(long pid) {
        try {
            return proc.commandLine(pid).stream()
                    .findFirst()
                    .map(first -> first.split(" ", 2)[0])
                    .map(path -> path.substring(path.lastIndexOf('/') + 1));
        } catch (IOException endedMeanwhile) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<String> operatingSystem() throws IOException {
        return read(onNode("/etc/os-release")).flatMap(ProcHostSurvey::text).flatMap(text -> text.lines()
                .filter(line -> line.startsWith("ID="))
                .map(line -> line.substring("ID=".length()).replace("\"", "").strip())
                .findFirst());
    }

    private Path onNode(String path) {
        return proc.entry(INIT).resolve("root" + path);
    }
}
