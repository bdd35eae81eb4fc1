package dev.auditpolicy.policy.write;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.RuleOrigins;
import dev.auditpolicy.policy.evaluate.WildPolicies;
import dev.auditpolicy.policy.read.PolicyFileReader;
import dev.auditpolicy.policy.read.PolicyFileReading;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A written policy is read back unchanged. The argument of a failed test is its seed. */
class PolicyRoundTripTest {

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void readsWhatItWrote(long seed) {
        Policy policy = WildPolicies.policy(new Random(seed));

        String written = PolicyWriter.write(policy);

        assertThat(written).matches("[\\x20-\\x7e\\n]*");
        assertThat(new PolicyFileReader(KubernetesVersion.NEWEST_KNOWN).read(written.getBytes(UTF_8)))
                .isEqualTo(new PolicyFileReading.Loaded(policy, RuleOrigins.NONE, List.of(), ""));
    }
}
