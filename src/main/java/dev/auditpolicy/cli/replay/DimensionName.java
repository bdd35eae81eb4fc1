package dev.auditpolicy.cli.replay;

import dev.auditpolicy.replay.total.Dimension;

/** Names of attributes in reports. */
final class DimensionName {

    private DimensionName() {}

    /** For people. */
    static String title(Dimension dimension) {
        return switch (dimension) {
            case LEVEL -> "By level";
            case RULE -> "By rule";
            case CHANGE -> "Changes";
            case STAGE -> "By stage";
            case VERB -> "By verb";
            case RESOURCE -> "By resource";
            case REQUEST -> "By verb and resource";
            case NAMESPACE -> "By namespace";
            case USER -> "By user";
            case USER_AGENT -> "By user agent";
        };
    }

    /** For programs. */
    static String key(Dimension dimension) {
        return switch (dimension) {
            case LEVEL -> "level";
            case RULE -> "rule";
            case CHANGE -> "change";
            case STAGE -> "stage";
            case VERB -> "verb";
            case RESOURCE -> "resource";
            case REQUEST -> "request";
            case NAMESPACE -> "namespace";
            case USER -> "user";
            case USER_AGENT -> "userAgent";
        };
    }
}
