package dev.auditpolicy.host.systemd;

import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.Ticker;
import dev.auditpolicy.journal.BootTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The texts with which a process has started. A service sees the files of the host as they are now, so what it has read is known of
 * a file that was not changed since, or whose text was the same then.
 */
public final class LoadedFiles {

    /** It parses its flags first. Clocks of processes and files differ by 10 ms. */
    private static final Duration LOADS_NO_FILE = Duration.ofMillis(50);

    private final Ticker ticker;
    private final InstantSource clock;

    /** By path: the process that has started with this text, and the text. */
    private final Map<String, Loaded> loaded = new HashMap<>();

    /** By path: since when it has been as it is. */
    private final Map<String, Seen> seen = new HashMap<>();

    private record Loaded(ApiServerProcess process, String text) {}

    private record Seen(Instant changedAt, String text, BootTime since) {}

    public LoadedFiles(Ticker ticker, InstantSource clock) {
        this.ticker = ticker;
        this.clock = clock;
    }

    /**
     * {@code text}, if {@code process} has started with it.
     *
     * @param text of the file at {@code path} now
     * @param changedAt when anything about the file last changed, as known after its text was read
     */
    public Optional<String> startedWith(ApiServerProcess process, String path, String text, Instant changedAt) {
        var file = seen.compute(
                path,
                (_, before) -> before != null
                                && before.changedAt().equals(changedAt)
                                && before.text().equals(text)
                        ? before
                        : new Seen(changedAt, text, ticker.now()));
        var known = loaded.get(path);
        if (known == null || !known.process().isSameAs(process)) {
            if (!isOlderThan(process, file)) {
                return Optional.empty();
            }
            known = new Loaded(process, text);
            loaded.put(path, known);
        }
        return Optional.of(known.text()).filter(text::equals);
    }

    /** Somebody may adjust the clock of files, so it decides only where this has not seen what was there before the start. */
    private boolean isOlderThan(ApiServerProcess process, Seen file) {
        var age = process.age(ticker.now());
        return age.compareTo(file.since().until(ticker.now())) < 0
                || file.changedAt().isBefore(clock.instant().minus(age).plus(LOADS_NO_FILE));
    }
}
