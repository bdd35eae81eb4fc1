package dev.auditpolicy.policy.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.evaluate.WildPolicies;
import dev.auditpolicy.policy.write.PolicyWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Policies of public clusters: the verdict of package policy is that of the real kube-apiserver, old and new. */
class RealVerdictIT {

    private static final Path FOLDER = Path.of("src/test/resources/policies");

    /** Policies for each version; a kube-apiserver takes about a second for one. */
    private static final int GENERATED = 20;

    @TempDir
    static Path scratch;

    static List<Arguments> policiesOnEveryVersion() throws IOException {
        List<Arguments> arguments = new ArrayList<>();
        for (RealKubeApiServer server : RealKubeApiServer.all()) {
            try (Stream<Path> policies = Files.list(FOLDER)) {
                policies.sorted().forEach(policy -> arguments.add(Arguments.of(server, policy)));
            }
        }
        return arguments;
    }

    static List<Arguments> seedsOnEveryVersion() throws IOException {
        List<Arguments> arguments = new ArrayList<>();
        for (RealKubeApiServer server : RealKubeApiServer.all()) {
            LongStream.concat(LongStream.range(0, GENERATED), LongStream.of(Long.getLong("seed", GENERATED)))
                    .forEach(seed -> arguments.add(Arguments.of(server, seed)));
        }
        return arguments;
    }

    /** Where in its sources a scheme was made differs with how a binary was built. */
    private static String withoutSourcePosition(String message) {
        return message.replaceAll("in scheme \"[^\"]*\"", "in scheme");
    }

    @Test
    void comparesTwoMinorVersions() throws IOException {
        assertThat(RealKubeApiServer.all())
                .extracting(RealKubeApiServer::version)
                .contains(new KubernetesVersion(1, 36))
                .doesNotHaveDuplicates()
                .hasSizeGreaterThanOrEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("policiesOnEveryVersion")
    void isThatOfTheRealBinary(RealKubeApiServer server, Path policy) throws Exception {
        var real = server.refusal(policy, scratch);

        switch (new PolicyFileReader(server.version()).read(Files.readAllBytes(policy))) {
            case PolicyFileReading.Loaded _ -> assertThat(real).isEmpty();
            case PolicyFileReading.InvalidFile invalid -> {
                assertThat(real).isPresent();
                if (!invalid.message().startsWith("failed decoding: yaml:")) {
                    assertThat(real.map(RealVerdictIT::withoutSourcePosition))
                            .contains(withoutSourcePosition(invalid.message()));
                }
            }
        }
    }

    /** Before 1.36, the API group "*" is refused; everything else that can be generated is loaded. */
    @ParameterizedTest
    @MethodSource("seedsOnEveryVersion")
    void loadsWhatIsWritten(RealKubeApiServer server, long seed) throws Exception {
        Policy policy = WildPolicies.policy(new Random(seed));
        Path file = Files.writeString(scratch.resolve("policy-" + seed + ".yaml"), PolicyWriter.write(policy));

        var real = server.refusal(file, scratch);

        switch (new PolicyFileReader(server.version()).read(Files.readAllBytes(file))) {
            case PolicyFileReading.Loaded loaded -> {
                assertThat(real).isEmpty();
                assertThat(loaded.policy()).isEqualTo(policy);
            }
            case PolicyFileReading.InvalidFile invalid -> {
                assertThat(server.version().isAtLeast(1, 36)).isFalse();
                assertThat(real).contains(invalid.message());
            }
        }
    }
}
