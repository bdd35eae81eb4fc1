package dev.auditpolicy.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Optional;

/** What the API server says to somebody who may not. */
final class Refusal {

    private Refusal() {}

    /** The message if {@code request} was forbidden, empty if it was served or failed for another reason. */
    static Optional<String> of(Runnable request) {
        try {
            request.run();
            return Optional.empty();
        } catch (KubernetesClientException e) {
            return e.getCode() == HttpURLConnection.HTTP_FORBIDDEN ? Optional.of(e.getMessage()) : Optional.empty();
        }
    }

    /** Fails the test unless {@code request} is forbidden by the admission policy. */
    static void expect(String policy, Runnable request, String... texts) {
        assertThat(of(request)).hasValueSatisfying(message -> assertThat(message)
                .contains("ValidatingAdmissionPolicy '" + policy + "'")
                .contains(texts));
    }
}
