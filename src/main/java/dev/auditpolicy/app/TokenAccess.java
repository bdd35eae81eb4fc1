package dev.auditpolicy.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which bearer tokens may read the metrics. The API server decides, and its answers are remembered for a short time. */
final class TokenAccess {

    private static final Logger LOG = LoggerFactory.getLogger(TokenAccess.class);

    private static final String BEARER = "Bearer ";

    private static final int MAX_ANSWERS = 64;
    private static final Duration ALLOWED_FOR = Duration.ofMinutes(1);
    private static final Duration DENIED_FOR = Duration.ofSeconds(10);

    /** The metrics are most wanted while the API server is away. */
    private static final Duration ALLOWED_WITHOUT_API_SERVER = Duration.ofMinutes(10);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    /** Asks the API server. */
    interface Reviewer {
        MetricsAccess review(String token) throws IOException;
    }

    private record Answer(MetricsAccess access, Instant at) {

        boolean isYounger(Duration age, Instant now) {
            return now.isBefore(at.plus(age));
        }

        boolean isCurrent(Instant now) {
            return isYounger(access == MetricsAccess.ALLOWED ? ALLOWED_FOR : DENIED_FOR, now);
        }
    }

    private final Reviewer reviewer;
    private final InstantSource clock;

    /** By digest, so that the heap contains no tokens. */
    private final Map<String, Answer> answers = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Answer> eldest) {
            return size() > MAX_ANSWERS;
        }
    };

    /** So that clients with bad tokens cannot flood the API server, or occupy every thread while it is slow. */
    private final Semaphore question = new Semaphore(1);

    private volatile String lastFailure = "";

    TokenAccess(Reviewer reviewer, InstantSource clock) {
        this.reviewer = reviewer;
        this.clock = clock;
    }

    /** @param authorization the header, if there is one */
    MetricsAccess of(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return MetricsAccess.UNAUTHENTICATED;
        }
        var token = authorization.substring(BEARER.length()).strip();
        var key = digest(token);
        return current(key).orElseGet(() -> ask(key, token));
    }

    private MetricsAccess ask(String key, String token) {
        try {
            if (!question.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                return withoutApiServer(key);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return MetricsAccess.UNKNOWN;
        }
        try {
            return current(key).orElseGet(() -> review(key, token));
        } finally {
            question.release();
        }
    }

    private MetricsAccess review(String key, String token) {
        try {
            var access = reviewer.review(token);
            remember(key, access);
            lastFailure = "";
            return access;
        } catch (IOException failure) {
            logOnce(String.valueOf(failure.getMessage()));
            return withoutApiServer(key);
        }
    }

    private synchronized Optional<MetricsAccess> current(String key) {
        return Optional.ofNullable(answers.get(key))
                .filter(answer -> answer.isCurrent(clock.instant()))
                .map(Answer::access);
    }

    private synchronized MetricsAccess withoutApiServer(String key) {
        return Optional.ofNullable(answers.get(key))
                .filter(answer -> answer.access == MetricsAccess.ALLOWED)
                .filter(answer -> answer.isYounger(ALLOWED_WITHOUT_API_SERVER, clock.instant()))
                .map(Answer::access)
                .orElse(MetricsAccess.UNKNOWN);
    }

    private synchronized void remember(String key, MetricsAccess access) {
        answers.put(key, new Answer(access, clock.instant()));
    }

    private void logOnce(String failure) {
        if (!failure.equals(lastFailure)) {
            lastFailure = failure;
            LOG.atWarn().addKeyValue("reason", failure).log("Cannot ask the API server who may read the metrics");
        }
    }

    private static String digest(String token) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
