package dev.auditpolicy.host.destination;

import dev.auditpolicy.host.process.Proc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The data of the etcd on the node. An audit log that fills the file system of etcd makes the cluster unavailable. */
record EtcdData(Proc proc) {

    /** Default of --quota-backend-bytes, also for 0: 2 GiB. */
    private static final long DEFAULT_QUOTA = 2L * 1024 * 1024 * 1024;

    /**
     * Bytes by which the etcd database may grow until it reaches its quota.
     *
     * @param device number of a file system
     * @return empty if no etcd of this node has its data on that file system
     */
    Optional<Long> growthOn(long device) throws IOException {
        for (var pid : proc.pidsOf("etcd")) {
            var growth = growth(pid, device);
            if (growth.isPresent()) {
                return growth;
            }
        }
        return Optional.empty();
    }

    private Optional<Long> growth(long pid, long device) throws IOException {
        try {
            var arguments = proc.commandLine(pid);
            var directory = flag(arguments, "data-dir").filter(value -> value.startsWith("/"));
            if (directory.isEmpty()) {
                return Optional.empty();
            }
            var data = proc.entry(pid).resolve("root" + directory.get());
            if ((long) Files.getAttribute(data, "unix:dev") != device) {
                return Optional.empty();
            }
            var quota = flag(arguments, "quota-backend-bytes")
                    .map(Long::parseLong)
                    .filter(bytes -> bytes > 0)
                    .orElse(DEFAULT_QUOTA);
            return Optional.of(Math.max(0, quota - size(data.resolve("member/snap/db"))));
        } catch (NoSuchFileException exited) {
            return Optional.empty();
        }
    }

    private static long size(Path database) throws IOException {
        try {
            return Files.size(database);
        } catch (NoSuchFileException absent) {
            return 0;
        }
    }

    /** Syntax of Go's flag package: one or two dashes, the value after "=" or in the next argument. */
    private static Optional<String> flag(List<String> arguments, String name) {
        for (var index = 1; index < arguments.size(); index++) {
            var argument = arguments.get(index).replaceFirst("^--?", "");
            if (argument.startsWith(name + "=")) {
                return Optional.of(argument.substring(name.length() + 1));
            }
            if (argument.equals(name) && index + 1 < arguments.size()) {
                return Optional.of(arguments.get(index + 1));
            }
        }
        return Optional.empty();
    }
}
