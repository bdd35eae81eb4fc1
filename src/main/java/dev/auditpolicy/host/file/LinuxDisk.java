package dev.auditpolicy.host.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.util.Objects.requireNonNull;

import dev.auditpolicy.journal.FileImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@link Disk} on a Linux file system. */
public final class LinuxDisk implements Disk {

    /** Permission bits of st_mode. */
    private static final int PERMISSIONS = 07777;

    /** Others must read the drop-ins of systemd and find the policy of a kube-apiserver that is not root. */
    private static final int DIRECTORY_MODE = 0755;

    @Override
    public Optional<FileImage> read(String path) throws IOException {
        var file = Path.of(path);
        Map<String, Object> attributes;
        try {
            attributes = Files.readAttributes(file, "unix:mode,uid,gid,isRegularFile", NOFOLLOW_LINKS);
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
        if (!Boolean.TRUE.equals(attributes.get("isRegularFile"))) {
            throw new UnusableFileException(
                    path + " is not a regular file: replace the link or directory with a regular file");
        }
        return Optional.of(new FileImage(
                text(file),
                number(attributes, "uid"),
                number(attributes, "gid"),
                number(attributes, "mode") & PERMISSIONS));
    }

    private static String text(Path file) throws IOException {
        try {
            return Files.readString(file, UTF_8);
        } catch (CharacterCodingException notUtf8) {
            throw new UnusableFileException(file + " is not UTF-8 text: convert or replace it", notUtf8);
        }
    }

    @Override
    public Optional<Instant> changedAt(String path) throws IOException {
        try {
            return Optional.of(
                    Files.getLastModifiedTime(Path.of(path), NOFOLLOW_LINKS).toInstant());
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<Instant> touchedAt(String path) throws IOException {
        try {
            var changed = (FileTime) Files.getAttribute(Path.of(path), "unix:ctime", NOFOLLOW_LINKS);
            return Optional.of(changed.toInstant());
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    @Override
    public void create(String path, FileImage image) throws IOException {
        var file = Path.of(path);
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var channel = FileChannel.open(file, Set.of(CREATE_NEW, WRITE), ownerOnly)) {
            var content = ByteBuffer.wrap(image.bytes());
            while (content.hasRemaining()) {
                channel.write(content);
            }
        }
        setOwnerAndMode(file, image);
    }

    @Override
    public void synchronizeFile(String path) throws IOException {
        // Read-only: the file may belong to another user than root, and the agent has no CAP_DAC_OVERRIDE.
        try (var channel = FileChannel.open(Path.of(path), READ)) {
            channel.force(true);
        }
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Files.move(Path.of(from), Path.of(to), ATOMIC_MOVE);
    }

    @Override
    public void delete(String path) throws IOException {
        Files.deleteIfExists(Path.of(path));
    }

    @Override
    public List<String> names(String path) throws IOException {
        try (var entries = Files.list(Path.of(path))) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        } catch (NoSuchFileException absent) {
            return List.of();
        }
    }

    @Override
    public void createDirectory(String path) throws IOException {
        var directory = Path.of(path);
        if (!Files.isDirectory(directory)) {
            Files.createDirectory(directory);
            Files.setAttribute(directory, "unix:mode", DIRECTORY_MODE);
        }
    }

    @Override
    public void deleteEmptyDirectory(String path) throws IOException {
        try {
            Files.deleteIfExists(Path.of(path));
        } catch (DirectoryNotEmptyException _) {
            // Somebody else uses it.
        }
    }

    /** Without this, a power failure can revert a rename. */
    @Override
    public void synchronizeDirectory(String path) throws IOException {
        try (var channel = FileChannel.open(Path.of(path), READ)) {
            channel.force(true);
        }
    }

    /**
     * Changes the mode first, as long as the file belongs to this process, and then only what differs: files of root do not need
     * CAP_CHOWN.
     */
    private static void setOwnerAndMode(Path file, FileImage image) throws IOException {
        Files.setAttribute(file, "unix:mode", image.mode());
        var created = Files.readAttributes(file, "unix:uid,gid", NOFOLLOW_LINKS);
        if (number(created, "gid") != image.gid()) {
            Files.setAttribute(file, "unix:gid", image.gid(), NOFOLLOW_LINKS);
        }
        if (number(created, "uid") != image.uid()) {
            Files.setAttribute(file, "unix:uid", image.uid(), NOFOLLOW_LINKS);
        }
    }

    private static int number(Map<String, Object> attributes, String name) {
        return (int) requireNonNull(attributes.get(name));
    }
}
