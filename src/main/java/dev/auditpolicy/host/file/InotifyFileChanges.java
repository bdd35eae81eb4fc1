package dev.auditpolicy.host.file;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;
import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Set;

/**
 * {@link FileChanges} by inotify. Watches the directories of the files, because a rename replaces a file; not those that do not exist
 * yet.
 */
public final class InotifyFileChanges implements FileChanges {

    @Override
    public Watch watch(Set<String> files, Runnable onChange) throws IOException {
        var paths = files.stream().map(Path::of).collect(toSet());
        var first = paths.iterator().next();
        var service = first.getFileSystem().newWatchService();
        try {
            for (var directory : paths.stream()
                    .map(Path::getParent)
                    .filter(Files::isDirectory)
                    .collect(toSet())) {
                directory.register(service, ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY);
            }
        } catch (IOException noSuchDirectory) {
            service.close();
            throw noSuchDirectory;
        }
        Thread.ofPlatform().daemon().name("file-changes").start(() -> listen(service, paths, onChange));
        return () -> close(service);
    }

    private static void listen(WatchService service, Set<Path> files, Runnable onChange) {
        try {
            while (true) {
                var key = service.take();
                if (key.pollEvents().stream().anyMatch(event -> isAbout(files, key, event))) {
                    onChange.run();
                }
                key.reset();
            }
        } catch (ClosedWatchServiceException | InterruptedException ended) {
            return;
        }
    }

    private static boolean isAbout(Set<Path> files, WatchKey key, WatchEvent<?> event) {
        return event.kind() == OVERFLOW || files.contains(((Path) key.watchable()).resolve((Path) event.context()));
    }

    private static void close(WatchService service) {
        try {
            service.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
