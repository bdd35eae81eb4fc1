package dev.auditpolicy.replay.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.auditpolicy.api.v1alpha1.Policy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MissingRequestsTest {

    private static final String SECRETS = "apiserver_request_total{code=\"200\",component=\"apiserver\",dry_run=\"\","
            + "group=\"\",resource=\"secrets\",scope=\"resource\",subresource=\"\",verb=\"GET\",version=\"v1\"} 10\n";

    private static MissingRequests estimate(String metrics, String rules, long logged, long logSeconds)
            throws Exception {
        Policy policy = new ObjectMapper()
                .readValue("{\"omitStages\":[\"RequestReceived\"],\"rules\":[" + rules + "]}", Policy.class);
        return MissingRequests.of(
                RequestMetrics.parse(metrics), policy, (verb, resource) -> logged, 1_000_100, logSeconds);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"level\":\"Metadata\"} | 10 | 10",
                "{\"level\":\"None\"} | 0 | 0",
                "`` | 0 | 0",
                "{\"level\":\"Metadata\",\"users\":[\"jane\"]} | 0 | 10",
                "{\"level\":\"None\",\"namespaces\":[\"shop\"]},{\"level\":\"Metadata\"} | 0 | 10",
                "{\"level\":\"None\",\"verbs\":[\"list\"]},{\"level\":\"Metadata\"} | 10 | 10",
                "{\"level\":\"Metadata\",\"resources\":[{\"resources\":[\"pods\"]}]} | 0 | 0",
                "{\"level\":\"Metadata\",\"resources\":[{\"resources\":[\"secrets\"],\"resourceNames\":[\"a\"]}]} | 0 | 10",
                "{\"level\":\"Metadata\",\"nonResourceURLs\":[\"*\"]} | 0 | 0"
            })
    void givesTheRangeThatUnknownUsersAndNamesLeaveOpen(String rules, long min, long max) throws Exception {
        assertThat(estimate(SECRETS, rules == null ? "" : rules, 0, 0).events()).isEqualTo(new Range(min, max));
    }

    @Test
    void leavesOutWhatTheLogHas() throws Exception {
        MissingRequests missing = estimate(SECRETS, "{\"level\":\"Metadata\"}", 4, 0);

        assertThat(missing.requests()).isEqualTo(6);
        assertThat(missing.bytes()).isEqualTo(new Range(6 * 690, 6 * 800));
    }

    @Test
    void scalesALogOfAShorterTime() throws Exception {
        MissingRequests missing =
                estimate(SECRETS + "process_start_time_seconds 1.0e+06\n", "{\"level\":\"Metadata\"}", 4, 50);

        assertThat(missing.seconds()).isEqualTo(100);
        assertThat(missing.requests()).isEqualTo(2);
    }

    @Test
    void readsPaths() throws Exception {
        String probes = SECRETS.replace("resource=\"secrets\"", "resource=\"\"")
                .replace("subresource=\"\"", "subresource=\"/readyz\"");

        assertThat(estimate(probes, "{\"level\":\"Metadata\",\"nonResourceURLs\":[\"/readyz*\"]}", 0, 0)
                        .events())
                .isEqualTo(new Range(10, 10));
    }
}
