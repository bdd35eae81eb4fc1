package dev.auditpolicy.app;

import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewStatus;
import io.fabric8.kubernetes.api.model.authentication.UserInfo;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Asks by TokenReview whose token it is, and by SubjectAccessReview whether that account may get /metrics. */
record ApiTokenReviewer(KubernetesClient client) implements TokenAccess.Reviewer {

    @Override
    public MetricsAccess review(String token) throws IOException {
        try {
            var status = authentication(token);
            if (!Boolean.TRUE.equals(status.getAuthenticated())) {
                return MetricsAccess.UNAUTHENTICATED;
            }
            return isAuthorized(status.getUser()) ? MetricsAccess.ALLOWED : MetricsAccess.FORBIDDEN;
        } catch (KubernetesClientException failure) {
            throw new IOException(reason(failure), failure);
        }
    }

    /** Without a response, the client's own message is only that there was an error; with one, it repeats all of it. */
    private static @Nullable String reason(KubernetesClientException failure) {
        if (failure.getCause() instanceof IOException cause) {
            return "no response from the API server: " + cause;
        }
        return failure.getStatus() == null
                ? failure.getMessage()
                : failure.getStatus().getMessage();
    }

    private TokenReviewStatus authentication(String token) {
        var review = new TokenReviewBuilder()
                .withNewSpec()
                .withToken(token)
                .endSpec()
                .build();
        return client.tokenReviews().create(review).getStatus();
    }

    private boolean isAuthorized(UserInfo user) {
        var review = new SubjectAccessReviewBuilder()
                .withNewSpec()
                .withUser(user.getUsername())
                .withUid(user.getUid())
                .withGroups(user.getGroups())
                .withExtra(user.getExtra())
                .withNewNonResourceAttributes()
                .withPath("/metrics")
                .withVerb("get")
                .endNonResourceAttributes()
                .endSpec()
                .build();
        return Boolean.TRUE.equals(client.authorization()
                .v1()
                .subjectAccessReview()
                .create(review)
                .getStatus()
                .getAllowed());
    }
}
