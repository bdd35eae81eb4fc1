package dev.auditpolicy.replay;

import dev.auditpolicy.api.v1alpha1.Stage;

/** Names of stages as in a policy. */
final class StageName {

    private StageName() {}

    static String of(Stage stage) {
        return switch (stage) {
            case REQUEST_RECEIVED -> "RequestReceived";
            case RESPONSE_STARTED -> "ResponseStarted";
            case RESPONSE_COMPLETE -> "ResponseComplete";
            case PANIC -> "Panic";
        };
    }
}
