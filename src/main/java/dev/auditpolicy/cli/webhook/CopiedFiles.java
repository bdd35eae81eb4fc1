package dev.auditpolicy.cli.webhook;

import static java.util.Objects.requireNonNullElse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Copies of the files of a node.
 *
 * @param kubeconfig the copy of the kubeconfig
 * @param directory has the files by their path on the node, or by their name
 * @param original the path of the kubeconfig in the container
 * @param onHost the path on the node of a path in the container
 */
public record CopiedFiles(Path kubeconfig, Path directory, Path original, UnaryOperator<String> onHost) {

    /** What a Secret can have at most. */
    private static final int MAX_BYTES = 1024 * 1024;

    /** Where a copy of a file may be, the best place first. */
    List<Path> places(String path) {
        Path besides = kubeconfig.resolveSibling(path);
        Path inContainer = original.resolveSibling(path).normalize();
        Path onNode = Path.of("/").relativize(Path.of("/" + onHost.apply(inContainer.toString())));
        Path byName = directory.resolve(requireNonNullElse(inContainer.getFileName(), inContainer));
        return (path.startsWith("/")
                        ? Stream.of(directory.resolve(onNode), byName)
                        : Stream.of(besides, directory.resolve(onNode), byName))
                .map(Path::normalize)
                .distinct()
                .toList();
    }

    Optional<Path> find(String path) {
        return places(path).stream().filter(Files::isRegularFile).findFirst();
    }

    /**
     * The content of a copy.
     *
     * @throws IOException also if it is too large for a Secret
     */
    static byte[] read(Path copy) throws IOException {
        try (InputStream stream = Files.newInputStream(copy)) {
            byte[] content = stream.readNBytes(MAX_BYTES + 1);
            if (content.length > MAX_BYTES) {
                throw new IOException("larger than 1 MiB, which no Secret is");
            }
            return content;
        }
    }
}
