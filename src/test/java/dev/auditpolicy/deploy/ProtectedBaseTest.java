package dev.auditpolicy.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The two files of deploy/examples/protected-base have the same rules. */
final class ProtectedBaseTest {

    private static final Path EXAMPLE = Path.of("deploy", "examples", "protected-base");

    @Test
    void beginsWithTheBase() throws IOException {
        JsonNode base = base();
        JsonNode rules = yaml("auditpolicy.yaml").at("/spec/policy/rules");

        assertThat(base).isNotEmpty();
        for (int i = 0; i < base.size(); i++) {
            assertThat(rules.get(i)).as("rules[%d]", i).isEqualTo(base.get(i));
        }
    }

    @Test
    void comparesEachRuleOfTheBase() throws IOException {
        assertThat(new ObjectMapper().readTree(variable("indexes"))).hasSameSizeAs(base());
    }

    /** JSON, except for dyn(). */
    private static JsonNode base() throws IOException {
        return new ObjectMapper().readTree(variable("base").replaceAll("dyn\\(|\\)", ""));
    }

    private static String variable(String name) throws IOException {
        return StreamSupport.stream(yaml("admission.yaml").at("/spec/variables").spliterator(), false)
                .filter(variable -> variable.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow()
                .path("expression")
                .asText();
    }

    /** The first document. */
    private static JsonNode yaml(String file) throws IOException {
        return new YAMLMapper().readTree(EXAMPLE.resolve(file).toFile());
    }
}
