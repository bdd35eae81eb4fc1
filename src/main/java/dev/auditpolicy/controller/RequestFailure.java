package dev.auditpolicy.controller;

import static java.util.stream.Collectors.joining;

import dev.auditpolicy.api.v1alpha1.Message;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds a failed request to the API server among the causes of a failure: the SDK wraps it. */
final class RequestFailure {

    private static final int MAX_LENGTH = 1024;

    private RequestFailure() {}

    /** The API server's own words, or those of a request to it that failed. */
    static String describe(Exception failure) {
        var request = in(failure);
        var text = request.map(KubernetesClientException::getStatus)
                .map(Status::getMessage)
                .or(() -> Optional.ofNullable(
                        request.<Throwable>map(found -> found).orElse(failure).getMessage()))
                .map(message -> message.lines().collect(joining(" ")))
                .orElse("");
        return Message.bounded(
                request.isPresent()
                        ? "a request to the API server failed: " + text
                        : failure.getClass().getSimpleName() + (text.isEmpty() ? "" : ": " + text),
                MAX_LENGTH);
    }

    static Optional<KubernetesClientException> in(Throwable failure) {
        return Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
                .filter(KubernetesClientException.class::isInstance)
                .map(KubernetesClientException.class::cast)
                .findFirst();
    }
}
