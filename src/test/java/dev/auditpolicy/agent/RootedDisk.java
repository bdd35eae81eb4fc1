package dev.auditpolicy.agent;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.host.file.Disk;
import dev.auditpolicy.host.file.LinuxDisk;
import dev.auditpolicy.journal.FileImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The disk of a node in a directory of this machine. Its files belong to root, whoever runs the test. */
public final class RootedDisk implements Disk {

    private final Path root;
    private final LinuxDisk disk = new LinuxDisk();

    public RootedDisk(Path root) {
        this.root = root;
    }

    Path path(String path) {
        return root.resolve(path.substring(1));
    }

    private String real(String path) {
        return path(path).toString();
    }

    @Override
    public Optional<FileImage> read(String path) throws IOException {
        return disk.read(real(path)).map(image -> new FileImage(image.text(), 0, 0, image.mode()));
    }

    @Override
    public Optional<Instant> changedAt(String path) throws IOException {
        return disk.changedAt(real(path));
    }

    @Override
    public Optional<Instant> touchedAt(String path) throws IOException {
        return disk.touchedAt(real(path));
    }

    @Override
    public void create(String path, FileImage image) throws IOException {
        var owner = Files.readAttributes(root, "unix:uid,gid");
        disk.create(
                real(path),
                new FileImage(
                        image.text(),
                        (int) requireNonNull(owner.get("uid")),
                        (int) requireNonNull(owner.get("gid")),
                        image.mode()));
    }

    @Override
    public void synchronizeFile(String path) throws IOException {
        disk.synchronizeFile(real(path));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        disk.rename(real(from), real(to));
    }

    @Override
    public void delete(String path) throws IOException {
        disk.delete(real(path));
    }

    @Override
    public List<String> names(String path) throws IOException {
        return disk.names(real(path));
    }

    @Override
    public void createDirectory(String path) throws IOException {
        disk.createDirectory(real(path));
    }

    @Override
    public void deleteEmptyDirectory(String path) throws IOException {
        disk.deleteEmptyDirectory(real(path));
    }

    @Override
    public void synchronizeDirectory(String path) throws IOException {
        disk.synchronizeDirectory(real(path));
    }
}
