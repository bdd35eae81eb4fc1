package dev.auditpolicy.webhook.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** The beginning of a body, without waiting for the rest. */
final class FirstCharacters implements HttpResponse.BodySubscriber<String> {

    private static final int MAX_CHARACTERS = 200;

    /** A character of UTF-8 has up to 4 bytes. */
    private static final int MAX_BYTES = 4 * MAX_CHARACTERS;

    private final Redaction redaction;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final CompletableFuture<String> body = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    FirstCharacters(Redaction redaction) {
        this.redaction = redaction;
    }

    @Override
    public CompletionStage<String> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription started) {
        subscription = started;
        started.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (var buffer : buffers) {
            var bytes = new byte[Math.min(buffer.remaining(), MAX_BYTES - received.size())];
            buffer.get(bytes);
            received.writeBytes(bytes);
        }
        if (received.size() == MAX_BYTES && subscription != null) {
            subscription.cancel();
            onComplete();
        }
    }

    /** What has arrived counts: the status says more than the body. */
    @Override
    public void onError(Throwable failure) {
        onComplete();
    }

    @Override
    public void onComplete() {
        var text = redaction.apply(received.toString(UTF_8).replaceAll("\\s+", " "));
        body.complete(text.length() <= MAX_CHARACTERS ? text : text.substring(0, MAX_CHARACTERS));
    }
}
