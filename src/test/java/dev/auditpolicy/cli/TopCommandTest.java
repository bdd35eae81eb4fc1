package dev.auditpolicy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TopCommandTest extends CommandTestCase {

    private static final String RECORDED = "src/replay/events.log.gz";
    private static final int WIDTH = 100;

    private static String event(String user, String time) {
        return "{\"level\":\"Metadata\",\"stage\":\"ResponseComplete\",\"requestURI\":\"/api/v1/pods\",\"verb\":\"list\","
                + "\"user\":{\"username\":\"" + user + "\"},\"userAgent\":\"=kubectl\",\"stageTimestamp\":\"" + time
                + "\"}\n";
    }

    private String log() {
        return write(
                "audit.log",
                event("jane", "2026-01-31T12:00:00.000000Z")
                        + event("jane", "2026-01-31T12:00:59.999999Z")
                        + event("bob", "2026-02-01T00:00:00.000000Z")
                        + event("eve", "2026-02-01T13:00:00.000000+02:00"));
    }

    @Test
    void showsWhoWritesMost() {
        JsonNode users =
                run("top", "-o", "json", log()).expectExitCode(0).json().path("user");

        assertThat(users.findValuesAsText("name")).containsExactly("jane", "eve", "bob");
        assertThat(users.findValuesAsText("events")).containsExactly("2", "1", "1");
    }

    @Test
    void countsAFileOnceThatIsNamedTwice() {
        var log = log();

        assertThat(run("top", "-o", "json", log, directory.toString(), log)
                        .expectExitCode(0)
                        .json()
                        .path("user")
                        .findValuesAsText("events"))
                .containsExactly("2", "1", "1");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-31T12:00:30Z,2026-02-02,3",
        "2026-02-01,2026-02-01T11:00:00Z,1",
        "2026-02-01T11:00:00Z,2026-02-03,1",
        "2026-01-31,2026-02-01,2"
    })
    void restrictsTheTime(String since, String until, int events) {
        JsonNode json = run("top", "--since", since, "--until", until, "-o", "json", log())
                .json();

        assertThat(json.path("events").asInt()).isEqualTo(events);
    }

    @Test
    void failsIfNoEventIsInTheTime() {
        assertThat(run("top", "--since", "2027-01-01", log()).expectExitCode(2).err())
                .contains("no event between --since and --until");
    }

    @Test
    void rejectsWhatIsNoTime() {
        assertThat(run("top", "--since", "yesterday", log()).expectExitCode(2).err())
                .contains("'yesterday' is not a time");
    }

    @Test
    void drawsAHistogram() {
        JsonNode json = run("top", "-o", "json", log()).json();

        assertThat(json.path("secondsPerTime").asInt()).isEqualTo(3600);
        assertThat(json.path("time").findValuesAsText("from"))
                .startsWith("2026-01-31T12:00:00Z")
                .endsWith("2026-02-01T11:00:00Z")
                .hasSize(24);
    }

    @Test
    void addsUpByRule() {
        String policy = write(
                "policy.yaml",
                "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules: [{level: None, users: [jane]}, {level: Metadata}]\n");

        assertThat(run("top", "--policy", policy, log()).out())
                .contains("By rule", "rules[0] None (line 3)", "rules[1] Metadata (line 3)");
    }

    @Test
    void keepsFormulasOutOfSpreadsheets() {
        assertThat(run("top", "-o", "csv", log()).out()).contains("userAgent,'=kubectl,4,");
    }

    @Test
    void fitsInAHundredColumns() {
        CommandResult result = run("top", RECORDED).expectExitCode(0);

        assertThat(result.out().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(WIDTH));
        assertThat(result.out()).contains("By user agent", "By verb and resource", "By stage", "By time");
    }
}
