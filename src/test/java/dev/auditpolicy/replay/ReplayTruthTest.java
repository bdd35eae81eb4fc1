package dev.auditpolicy.replay;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.event.read.EventLog;
import dev.auditpolicy.event.read.EventReader;
import dev.auditpolicy.replay.total.Amount;
import dev.auditpolicy.replay.total.Breakdown;
import dev.auditpolicy.replay.total.Dimension;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What kube-apiserver records of requests under a policy is what replay predicts from a log of the same requests that has
 * everything. "make replay-truth" records both on the lab.
 */
final class ReplayTruthTest {

    private static final Path DIRECTORY = Path.of(System.getProperty("replay-truth", "src/replay/truth/recorded"));
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private record Line(String text) implements EventLog {
        @Override
        public String name() {
            return "line";
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream((text + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gce-2026", "recommended", "difficult"})
    void predictsTheLevelOfEachEvent(String name) {
        Policy policy = policy(name);
        List<String> everything = log("everything").lines();
        var predicted = new TreeMap<String, String>();
        for (String line : everything) {
            replay(policy, new Line(line)).breakdown().rows(Dimension.LEVEL).stream()
                    .filter(row -> row.totals().then().events() > 0)
                    .map(Breakdown.Row::value)
                    .filter(level -> !level.equals("None"))
                    .forEach(level -> predicted.put(key(line), level));
        }

        assertThat(predicted).isEqualTo(levels(log(name)));
        System.out.printf(
                "%s: the level of %d of %d events as predicted%n", name, everything.size(), everything.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gce-2026", "recommended", "difficult"})
    void predictsTheBytes(String name) {
        Amount then = replay(policy(name), log("everything")).all().then();
        long recorded = bytes(log(name));

        assertThat(then.minBytes()).isCloseTo(recorded, withinPercentage(1));
        assertThat(then.maxBytes()).isEqualTo(then.minBytes());
        System.out.printf(
                Locale.ROOT,
                "%s: %,d of %,d bytes predicted, %,d recorded: %+.2f %%%n",
                name,
                then.minBytes(),
                bytes(log("everything")),
                recorded,
                100.0 * (then.minBytes() - recorded) / recorded);
    }

    private static ReplayResult replay(Policy policy, EventLog log) {
        var replay = new Replay(null, policy);
        new EventReader(List.of(replay)).read(List.of(log));
        return replay.result();
    }

    private static RecordedEvents log(String name) {
        return new RecordedEvents(DIRECTORY.resolve(name + ".log.gz"));
    }

    private static Policy policy(String name) {
        try {
            return JSON.readValue(DIRECTORY.resolve(name + ".json").toFile(), Policy.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> levels(RecordedEvents log) {
        return log.lines().stream()
                .collect(toMap(
                        ReplayTruthTest::key,
                        line -> tree(line).path("level").asText(),
                        (one, _) -> one,
                        TreeMap::new));
    }

    private static long bytes(RecordedEvents log) {
        return log.lines().stream()
                .mapToLong(line -> line.getBytes(StandardCharsets.UTF_8).length + 1L)
                .sum();
    }

    /** An event of a request: both runs send the requests with the same audit IDs. */
    private static String key(String line) {
        JsonNode event = tree(line);
        return event.path("auditID").asText() + " " + event.path("stage").asText() + " "
                + event.path("verb").asText() + " " + event.path("requestURI").asText();
    }

    private static JsonNode tree(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
