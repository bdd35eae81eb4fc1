package dev.auditpolicy.policy.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.policy.PolicyTexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code in-NAME.yaml} is a {@code spec.policy}, {@code out-NAME.yaml} the file that kube-apiserver gets. */
class PolicyWriterTest {

    private static final Path FOLDER = Path.of("src/test/resources/policy-writer");

    static Stream<String> cases() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("in-"))
                    .map(name -> name.substring("in-".length()))
                    .sorted()
                    .toList();
            return names.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void writesTheExactText(String name) throws IOException {
        String input = Files.readString(FOLDER.resolve("in-" + name));

        assertThat(PolicyWriter.write(PolicyTexts.specPolicy(input)))
                .isEqualTo(Files.readString(FOLDER.resolve("out-" + name)));
    }

    @Test
    void hasNoUnusedFile() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.count()).isEqualTo(2 * cases().count());
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void writesWhatJacksonReadsBackAsTheSame(String name) throws IOException {
        String written = PolicyWriter.write(PolicyTexts.specPolicy(Files.readString(FOLDER.resolve("in-" + name))));

        String withoutType = written.substring(written.indexOf("kind: \"Policy\"\n") + "kind: \"Policy\"\n".length());

        assertThat(PolicyWriter.write(PolicyTexts.specPolicy(withoutType))).isEqualTo(written);
    }
}
