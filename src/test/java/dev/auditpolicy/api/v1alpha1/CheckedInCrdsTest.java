package dev.auditpolicy.api.v1alpha1;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The manifests in {@code crds/} must equal those generated from the types. */
class CheckedInCrdsTest {

    @Test
    void equalTheGeneratedOnes() throws IOException {
        var generated = manifestsIn(Path.of("target", "crds"));
        assertThat(generated).isNotEmpty();
        assertThat(manifestsIn(Path.of("crds")))
                .as("crds/ (if the types are right, run \"make crds\" and commit the result)")
                .isEqualTo(generated);
    }

    private static Map<String, String> manifestsIn(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".yml"))
                    .collect(toMap(file -> file.getFileName().toString(), CheckedInCrdsTest::read));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
