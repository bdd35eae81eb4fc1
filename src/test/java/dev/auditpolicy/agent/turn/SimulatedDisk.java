package dev.auditpolicy.agent.turn;

import dev.auditpolicy.host.file.Disk;
import dev.auditpolicy.journal.FileImage;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A disk that keeps only what was synchronized when it loses power: of the rest it may keep any part, or none. */
final class SimulatedDisk implements Disk {

    private final InstantSource clock;
    private final Map<String, Content> names = new TreeMap<>();
    private final Map<String, Content> durableNames = new TreeMap<>();
    private final Set<Integer> durableContents = new HashSet<>();
    private final Map<String, Long> capacities = new TreeMap<>();
    private final Set<String> readOnly = new TreeSet<>();
    private int contents;

    /** The content of one file, which a rename keeps. */
    private record Content(int id, FileImage image, Instant writtenAt, Instant touchedAt) {

        Content renamedAt(Instant moment) {
            return new Content(id, image, writtenAt, moment);
        }
    }

    SimulatedDisk(InstantSource clock) {
        this.clock = clock;
    }

    SimulatedDisk(InstantSource clock, SimulatedDisk origin) {
        this.clock = clock;
        names.putAll(origin.names);
        durableNames.putAll(origin.durableNames);
        durableContents.addAll(origin.durableContents);
        contents = origin.contents;
        capacities.putAll(origin.capacities);
        readOnly.addAll(origin.readOnly);
    }

    Map<String, FileImage> files() {
        var files = new TreeMap<String, FileImage>();
        names.forEach((path, content) -> files.put(path, content.image()));
        return files;
    }

    /** Another program writes to the file system at {@code mountPoint} until it is full. */
    void fill(String mountPoint) {
        capacities.put(mountPoint, used(mountPoint));
    }

    void remountReadOnly(String mountPoint) {
        readOnly.add(mountPoint);
    }

    /** An administrator frees space on all file systems, and mounts them for writing. */
    void repair() {
        capacities.clear();
        readOnly.clear();
    }

    private long used(String mountPoint) {
        return names.entrySet().stream()
                .filter(file -> file.getKey().startsWith(mountPoint))
                .mapToLong(file -> file.getValue().image().bytes().length)
                .sum();
    }

    private void requireWritable(String path) throws IOException {
        for (var mountPoint : readOnly) {
            if (path.startsWith(mountPoint)) {
                throw new IOException(path + ": read-only file system");
            }
        }
    }

    /** @param namesKept whether the disk happened to keep names that were not synchronized */
    void powerCut(boolean namesKept) {
        var kept = new TreeMap<>(namesKept ? names : durableNames);
        kept.replaceAll((_, content) -> durableContents.contains(content.id()) ? content : torn(content));
        names.clear();
        names.putAll(kept);
        durableNames.clear();
        durableNames.putAll(kept);
    }

    private static Content torn(Content content) {
        var text = content.image().text();
        return new Content(
                content.id(),
                content.image().withText(text.substring(0, text.length() / 2)),
                content.writtenAt(),
                content.touchedAt());
    }

    @Override
    public Optional<FileImage> read(String path) {
        return Optional.ofNullable(names.get(path)).map(Content::image);
    }

    @Override
    public Optional<Instant> changedAt(String path) {
        return Optional.ofNullable(names.get(path)).map(Content::writtenAt);
    }

    @Override
    public Optional<Instant> touchedAt(String path) {
        return Optional.ofNullable(names.get(path)).map(Content::touchedAt);
    }

    @Override
    public void create(String path, FileImage image) throws IOException {
        requireWritable(path);
        for (var file : capacities.entrySet()) {
            if (path.startsWith(file.getKey()) && used(file.getKey()) + image.bytes().length > file.getValue()) {
                throw new IOException(path + ": no space left on device");
            }
        }
        if (names.putIfAbsent(path, new Content(contents++, image, clock.instant(), clock.instant())) != null) {
            throw new IllegalStateException(path + " exists");
        }
    }

    @Override
    public void synchronizeFile(String path) {
        durableContents.add(names.get(path).id());
    }

    @Override
    public void rename(String from, String to) throws IOException {
        requireWritable(to);
        names.put(to, names.remove(from).renamedAt(clock.instant()));
    }

    @Override
    public void delete(String path) throws IOException {
        if (names.containsKey(path)) {
            requireWritable(path);
            names.remove(path);
        }
    }

    @Override
    public List<String> names(String path) {
        return names.keySet().stream()
                .filter(name -> name.startsWith(path + "/"))
                .map(name -> name.substring(path.length() + 1).replaceFirst("/.*", ""))
                .distinct()
                .toList();
    }

    @Override
    public void createDirectory(String path) {}

    @Override
    public void deleteEmptyDirectory(String path) {}

    @Override
    public void synchronizeDirectory(String path) {
        durableNames.keySet().removeIf(name -> name.startsWith(path + "/") && !names.containsKey(name));
        names.forEach((name, content) -> {
            if (name.startsWith(path + "/")) {
                durableNames.put(name, content);
            }
        });
    }
}
