package dev.auditpolicy.replay.estimate;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.auditpolicy.api.v1alpha1.Policy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AddedRequestsTest {

    /** 100 requests in 10 s. */
    private static final RequestMetrics METRICS = RequestMetrics.parse(
            "apiserver_request_total{group=\"\",resource=\"secrets\",scope=\"resource\",subresource=\"\",verb=\"GET\"} 100\n");

    private static final String METADATA = "{\"level\":\"Metadata\"}";
    private static final String NONE = "{\"level\":\"None\"}";
    private static final String OF_JANE = "{\"level\":\"Metadata\",\"users\":[\"jane\"]}";

    private static @Nullable Policy policy(@Nullable String rules) throws Exception {
        return rules == null
                ? null
                : new ObjectMapper()
                        .readValue("{\"omitStages\":[\"RequestReceived\"],\"rules\":[" + rules + "]}", Policy.class);
    }

    private static AddedRequests added(@Nullable String older, String newer, double logged) throws Exception {
        return AddedRequests.of(METRICS, policy(older), requireNonNull(policy(newer)), (_, _) -> logged, 10);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {METADATA + "|" + METADATA, OF_JANE + "|" + OF_JANE, NONE + "|" + NONE, METADATA + "|" + NONE})
    void isNothingIfNoRequestIsAdded(String older, String newer) throws Exception {
        assertThat(added(older, newer, 0)).isEqualTo(AddedRequests.NONE);
    }

    @Test
    void isAllIfNothingWasRecorded() throws Exception {
        assertThat(added(NONE, METADATA, 0)).isEqualTo(new AddedRequests(new Range(6900, 8000), 10));
        assertThat(added(null, METADATA, 0)).isEqualTo(added(NONE, METADATA, 0));
    }

    @Test
    void isAllIfOnlyThoseOfAUserWereRecorded() throws Exception {
        assertThat(added(OF_JANE, METADATA, 0)).isEqualTo(new AddedRequests(new Range(6900, 8000), 10));
    }

    /** Otherwise, a rule for one user would be taken for a flood. */
    @Test
    void leavesOutARuleForAUser() throws Exception {
        assertThat(added(NONE, OF_JANE, 0).bytesPerSecond()).isEqualTo(Range.NOTHING);
    }

    @Test
    void isARangeIfItDependsOnTheNamespace() throws Exception {
        assertThat(added(NONE, "{\"level\":\"None\",\"namespaces\":[\"shop\"]}," + METADATA, 0)
                        .bytesPerSecond())
                .isEqualTo(new Range(0, 8000));
    }

    @Test
    void leavesOutWhatIsInTheLog() throws Exception {
        assertThat(added(OF_JANE, METADATA, 4)).isEqualTo(new AddedRequests(new Range(4140, 4800), 6));
    }
}
