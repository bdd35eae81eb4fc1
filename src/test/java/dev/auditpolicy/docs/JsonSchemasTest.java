package dev.auditpolicy.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code deploy/schemas} must equal what the CRDs in {@code crds/} say. */
final class JsonSchemasTest {

    private static final Path DIRECTORY = Path.of("deploy/schemas");

    @ParameterizedTest
    @ValueSource(strings = {"auditpolicies", "auditnodes"})
    void equalTheGeneratedOnes(String plural) throws IOException {
        for (var schema : JsonSchemas.of(Path.of("crds/" + plural + ".auditpolicy.dev-v1.yml"))
                .entrySet()) {
            var file = DIRECTORY.resolve(schema.getKey());
            if (Boolean.getBoolean("schemas.update")) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, schema.getValue());
            }
            assertThat(Files.readString(file))
                    .as(file + " (if crds/ is right, run \"make schemas\" and commit the result)")
                    .isEqualTo(schema.getValue());
        }
    }
}
