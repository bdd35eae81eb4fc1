package dev.auditpolicy.replay;

import dev.auditpolicy.api.v1alpha1.Level;

/** Names of levels as in a policy. */
final class LevelName {

    private LevelName() {}

    static String of(Level level) {
        return switch (level) {
            case NONE -> "None";
            case METADATA -> "Metadata";
            case REQUEST -> "Request";
            case REQUEST_RESPONSE -> "RequestResponse";
        };
    }
}
