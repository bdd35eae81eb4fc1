package dev.auditpolicy.cli;

import dev.auditpolicy.api.v1alpha1.Stage;

/** Names of stages as in a policy. */
final class StageText {

    private StageText() {}

    static String of(Stage stage) {
        return switch (stage) {
            case REQUEST_RECEIVED -> "RequestReceived";
            case RESPONSE_STARTED -> "ResponseStarted";
            case RESPONSE_COMPLETE -> "ResponseComplete";
            case PANIC -> "Panic";
        };
    }
}
