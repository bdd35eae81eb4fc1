package dev.auditpolicy.replay;

import dev.auditpolicy.event.read.EventLog;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The events that the benchmark uses, recorded from kube-apiserver. */
public record RecordedEvents(String name) implements EventLog {

    private static final Path FILE = Path.of("src/replay/events.log.gz");

    /** All of them. */
    public RecordedEvents() {
        this("recorded");
    }

    @Override
    public InputStream open() throws IOException {
        return new GZIPInputStream(Files.newInputStream(FILE));
    }

    /** Their lines. */
    public List<String> lines() {
        try (InputStream input = open()) {
            return new String(input.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
