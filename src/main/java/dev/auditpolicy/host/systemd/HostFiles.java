package dev.auditpolicy.host.systemd;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Files of the host, through the root of its first process: units are also in directories that a pod does not mount. The kernel
 * follows an absolute link from the root of whoever follows it, here the pod, so links are followed by hand.
 */
final class HostFiles {

    private static final Path INIT_ROOT = Path.of("/proc/1/root");

    /** As MAXSYMLINKS of the kernel. */
    private static final int MAX_LINKS = 40;

    private static final Path TOP = Path.of("/");

    private final Path root;

    HostFiles() {
        this(INIT_ROOT);
    }

    HostFiles(Path root) {
        this.root = root;
    }

    /** @param path absolute, on the host */
    String text(String path) throws IOException {
        return Files.readString(onHost(withoutLinks(path)), UTF_8);
    }

    private Path withoutLinks(String path) throws IOException {
        var rest = new ArrayDeque<Path>();
        prepend(Path.of(path), rest);
        var current = TOP;
        var links = 0;
        while (!rest.isEmpty()) {
            var next = current.resolve(rest.pop()).normalize();
            if (!Files.isSymbolicLink(onHost(next))) {
                current = next;
                continue;
            }
            links++;
            if (links > MAX_LINKS) {
                throw new FileSystemLoopException(path);
            }
            var target = Files.readSymbolicLink(onHost(next));
            current = target.isAbsolute() ? TOP : current;
            prepend(target, rest);
        }
        return current;
    }

    private static void prepend(Path path, Deque<Path> rest) {
        for (var i = path.getNameCount() - 1; i >= 0; i--) {
            rest.push(path.getName(i));
        }
    }

    private Path onHost(Path path) {
        return root.resolve(TOP.relativize(path));
    }
}
