package dev.auditpolicy.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EventParserTest {

    private static final int EVENTS = 3000;
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final String EVENT =
            "{\"level\":\"Metadata\",\"stage\":\"ResponseComplete\",\"requestURI\":\"/api\"}";

    private final EventParser parser = new EventParser();

    @Test
    void readsWhatJacksonReads() throws Exception {
        var random = new Random(7);
        var events = new RandomEvents(random);
        for (int count = 0; count < EVENTS; count++) {
            ObjectNode expected = events.next();
            String line = events.spelled(expected);
            assertThat(JSON.readTree(line)).as("the generator: %s", line).isEqualTo(JSON.readTree(expected.toString()));
            assertThat(fields(parse(line))).as(line).isEqualTo(fields(expected));
        }
    }

    @Test
    void withoutItsBodiesAnEventIsStillTheSame() throws Exception {
        var events = new RandomEvents(new Random(8));
        for (int count = 0; count < EVENTS; count++) {
            ObjectNode expected = events.next();
            String line = events.spelled(expected);
            AuditEvent event = parse(line);
            Span body = event.responseObject();
            if (body.isPresent() && line.getBytes(StandardCharsets.UTF_8)[body.from()] == ',') {
                expected.remove("responseObject");
                assertThat(JSON.readTree(without(event, body))).as(line).isEqualTo(JSON.readTree(expected.toString()));
            }
        }
    }

    @Test
    void rejectsEveryBeginningOfAnEvent() {
        var events = new RandomEvents(new Random(9));
        for (int count = 0; count < 100; count++) {
            String line = events.spelled(events.next()).strip();
            int length = line.length();
            for (int end = 0; end < length; end++) {
                String beginning = line.substring(0, end);
                assertThatThrownBy(() -> parse(beginning)).as(beginning).isInstanceOf(MalformedEventException.class);
            }
        }
    }

    @Test
    void neverFailsOtherwiseOnAChangedByte() throws Exception {
        var random = new Random(10);
        var events = new RandomEvents(random);
        int accepted = 0;
        for (int count = 0; count < EVENTS; count++) {
            byte[] line = events.spelled(events.next()).getBytes(StandardCharsets.UTF_8);
            byte value = (byte) random.nextInt(256);
            line[random.nextInt(line.length)] = value == '\n' ? (byte) '"' : value;
            try {
                parse(line);
                accepted++;
            } catch (MalformedEventException e) {
                assertThat(isValid(line) && hasFields(line))
                        .as(new String(line, StandardCharsets.UTF_8))
                        .isFalse();
            }
        }
        assertThat(accepted).isBetween(1, EVENTS - 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "I1130 12:00:00 server.go | unexpected 'I' instead of an object at column 1",
                "{} | not an audit event: it has no level",
                "{\"level\":1} | not an audit event: it has no level",
                "{\"level\":\"Metadata\"} | not an audit event: it has no stage",
                "{\"level\":\"metadata\"} | unknown level \"metadata\" at column 11",
                "{\"level\":\"Metadata\",\"stage\":\"Panic\"} | not an audit event: it has no requestURI",
                "{\"level\":\"Meta | the line ends in a string at column 15",
                "{\"a\":[1} | unexpected '}' at the end of an array at column 8",
                "{\"a\" 1} | unexpected '1' instead of a colon at column 6",
                "{\"a\":1 2} | unexpected '2' instead of a comma at column 8",
                "{\"a\":,} | unexpected ',' instead of a value at column 6",
                "{\"level\":\"Metadata\"}} | unexpected '}' after the event at column 21"
            })
    void saysWhatIsWrongWithALine(String line, String message) {
        assertThatThrownBy(() -> parse(line))
                .isInstanceOfSatisfying(
                        MalformedEventException.class, e -> assertThat(e.at(0)).isEqualTo(message));
    }

    @Test
    void rejectsNestingThatWouldOverflowTheStack() {
        String line = "{\"a\":" + "[".repeat(200_000) + "]".repeat(200_000) + "," + EVENT.substring(1);
        assertThatThrownBy(() -> parse(line))
                .isInstanceOf(MalformedEventException.class)
                .hasMessage("nested too deeply");
    }

    @Test
    void acceptsTheDeepestNestingOfKubernetes() throws Exception {
        String line = "{\"a\":" + "[".repeat(10_000) + "]".repeat(10_000) + "," + EVENT.substring(1);
        AuditEvent event = parse(line);
        assertThat(event.text(event.requestUri())).isEqualTo("/api");
    }

    private AuditEvent parse(String line) throws MalformedEventException {
        return parse(line.getBytes(StandardCharsets.UTF_8));
    }

    private AuditEvent parse(byte[] line) throws MalformedEventException {
        byte[] block = Arrays.copyOf(line, line.length + 1 + EventParser.SLACK);
        block[line.length] = '\n';
        // Quotes, in which a search would run on if it passed the end.
        Arrays.fill(block, line.length + 1, block.length, (byte) 'x');
        return parser.parse(block, 0);
    }

    private static String fields(AuditEvent event) {
        return String.join(
                "\n",
                event.level().name(),
                event.stage().name(),
                event.text(event.requestUri()),
                event.text(event.verb()),
                event.text(event.username()),
                event.texts(event.groups()).toString(),
                event.text(event.userAgent()),
                Boolean.toString(event.hasObjectRef()),
                Boolean.toString(event.isImpersonated()),
                Integer.toString(event.statusCode()),
                event.text(event.requestReceivedTimestamp()),
                event.text(event.stageTimestamp()),
                Boolean.toString(event.requestObject().isPresent()),
                Boolean.toString(event.responseObject().isPresent()));
    }

    private static String fields(JsonNode event) {
        return String.join(
                "\n",
                constant(event.path("level").asText()),
                constant(event.path("stage").asText()),
                event.path("requestURI").asText(),
                event.path("verb").asText(),
                event.path("user").path("username").asText(),
                StreamSupport.stream(event.path("user").path("groups").spliterator(), false)
                        .map(JsonNode::asText)
                        .toList()
                        .toString(),
                event.path("userAgent").asText(),
                Boolean.toString(event.has("objectRef")),
                Boolean.toString(event.has("impersonatedUser")),
                Integer.toString(event.path("responseStatus").path("code").asInt()),
                event.path("requestReceivedTimestamp").asText(),
                event.path("stageTimestamp").asText(),
                Boolean.toString(event.has("requestObject")),
                Boolean.toString(event.has("responseObject")));
    }

    /** {@code RequestResponse} is the constant {@code REQUEST_RESPONSE}. */
    private static String constant(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
    }

    private static byte[] without(AuditEvent event, Span span) {
        byte[] line = Arrays.copyOf(event.bytes(), event.length() - span.length());
        System.arraycopy(event.bytes(), span.to(), line, span.from(), event.length() - span.to());
        return line;
    }

    private static boolean isValid(byte[] line) {
        try {
            return !(JSON.readTree(line) instanceof MissingNode);
        } catch (IOException _) {
            return false;
        }
    }

    /** Whether the fields that an event needs survived the change. */
    private static boolean hasFields(byte[] line) throws Exception {
        JsonNode event = JSON.readTree(line);
        return event.path("requestURI").isTextual()
                && event.path("level").asText().matches("None|Metadata|Request|RequestResponse")
                && event.path("stage").asText().matches("RequestReceived|ResponseStarted|ResponseComplete|Panic");
    }
}
