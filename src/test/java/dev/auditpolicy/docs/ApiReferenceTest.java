package dev.auditpolicy.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code docs/api.md} must equal what the CRDs in {@code crds/} say. */
final class ApiReferenceTest {

    private static final Path PAGE = Path.of("docs/api.md");

    @Test
    void equalsTheGeneratedOne() throws IOException {
        var generated = ApiReference.of(List.of(
                Path.of("crds/auditpolicies.auditpolicy.dev-v1.yml"),
                Path.of("crds/auditnodes.auditpolicy.dev-v1.yml")));
        if (Boolean.getBoolean("api-reference.update")) {
            Files.writeString(PAGE, generated);
        }
        assertThat(Files.readString(PAGE))
                .as("docs/api.md (if crds/ is right, run \"make api-reference\" and commit the result)")
                .isEqualTo(generated);
    }
}
