package dev.auditpolicy.event.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.event.AuditEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EventReaderTest {

    private record Text(String name, InputStream content) implements EventLog {

        static Text of(String name, String content) {
            return new Text(name, new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
        }

        @Override
        public InputStream open() {
            return content;
        }
    }

    /** Collects the paths of the events. */
    private static final class Paths implements EventConsumer {

        private final List<String> paths = new ArrayList<>();

        @Override
        public void accept(AuditEvent event) {
            paths.add(event.text(event.requestUri()));
        }
    }

    private static String event(String path) {
        return "{\"level\":\"Metadata\",\"stage\":\"ResponseComplete\",\"requestURI\":\"" + path + "\"}";
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void readsEachEventOnce(int threads) {
        int count = 20_000;
        List<String> paths =
                IntStream.range(0, count).mapToObj(index -> "/" + index).toList();
        String content =
                String.join("\n", paths.stream().map(EventReaderTest::event).toList());
        List<Paths> consumers = Stream.generate(Paths::new).limit(threads).toList();

        ReadSummary summary = new EventReader(consumers).read(List.of(Text.of("log", content)));

        assertThat(consumers.stream().flatMap(consumer -> consumer.paths.stream()))
                .containsExactlyInAnyOrderElementsOf(paths);
        assertThat(summary).isEqualTo(new ReadSummary(count, content.length() + 1, 0, List.of()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void namesTheLinesThatAreNoEvents(int threads) {
        List<String> lines = new ArrayList<>(Collections.nCopies(30_000, event("/a")));
        lines.set(4, "klog");
        lines.set(25_000, event("/a").substring(0, 20));
        List<Paths> consumers = Stream.generate(Paths::new).limit(threads).toList();

        ReadSummary summary = new EventReader(consumers)
                .read(List.of(Text.of("first", event("/")), Text.of("second", String.join("\n", lines))));

        assertThat(summary.events()).isEqualTo(29_999);
        assertThat(summary.unreadable()).isEqualTo(2);
        assertThat(summary.problems())
                .map(ReadSummary.Problem::toString)
                .containsExactly(
                        "second:5: unexpected 'k' instead of an object at column 1",
                        "second:25001: the line ends instead of a key at column 21");
    }

    @Test
    void readsALineThatIsLongerThanABlock() {
        var consumer = new Paths();
        String longPath = "/" + "x".repeat(3_000_000);
        String content = String.join("\n", event("/a"), event(longPath), event("/b"));

        new EventReader(List.of(consumer)).read(List.of(Text.of("log", content)));

        assertThat(consumer.paths).containsExactly("/a", longPath, "/b");
    }

    @Test
    void goesOnAfterALineThatIsTooLong() {
        var consumer = new Paths();
        String content = String.join("\n", event("/a"), event("/" + "x".repeat(64 * 1024 * 1024)), event("/b"), "klog");

        ReadSummary summary = new EventReader(List.of(consumer)).read(List.of(Text.of("log", content)));

        assertThat(consumer.paths).containsExactly("/a", "/b");
        assertThat(summary.problems())
                .map(ReadSummary.Problem::toString)
                .containsExactly(
                        "log:2: the line is longer than 64 MiB",
                        "log:4: unexpected 'k' instead of an object at column 1");
    }

    @Test
    void ignoresEmptyLines() {
        var consumer = new Paths();

        ReadSummary summary =
                new EventReader(List.of(consumer)).read(List.of(Text.of("log", "\n \r\n" + event("/a") + "\r\n\n")));

        assertThat(consumer.paths).containsExactly("/a");
        assertThat(summary.unreadable()).isZero();
    }

    @Test
    void keepsWhatItReadBeforeAnError() {
        var consumer = new Paths();
        var failing = new InputStream() {
            private final InputStream content =
                    new ByteArrayInputStream((event("/a") + "\n").repeat(20_000).getBytes(StandardCharsets.UTF_8));

            @Override
            public int read() throws IOException {
                throw new IOException("not used");
            }

            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                int count = content.read(bytes, from, length);
                if (count < 0) {
                    throw new IOException("Unexpected end of ZLIB input stream");
                }
                return count;
            }
        };

        ReadSummary summary = new EventReader(List.of(consumer)).read(List.of(new Text("log.gz", failing)));

        assertThat(consumer.paths).hasSize(20_000);
        assertThat(summary.problems())
                .map(ReadSummary.Problem::toString)
                .containsExactly("log.gz: cannot read on: Unexpected end of ZLIB input stream");
    }
}
