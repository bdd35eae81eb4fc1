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

/** Events recorded from kube-apiserver, in a file compressed by gzip. */
public record RecordedEvents(Path file) implements EventLog {

    /** Those that the benchmark uses. */
    public RecordedEvents() {
        this(Path.of("src/replay/events.log.gz"));
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public InputStream open() throws IOException {
        return new GZIPInputStream(Files.newInputStream(file));
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
