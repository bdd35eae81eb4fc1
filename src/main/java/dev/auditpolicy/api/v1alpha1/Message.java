package dev.auditpolicy.api.v1alpha1;

/** Truncates messages to the maximum length of their field, because the API server rejects longer ones. */
public final class Message {

    /** The maximum length of a condition's message, as in metav1.Condition. */
    public static final int IN_CONDITION = 32768;

    /** The maximum length of a message in an {@link AuditNodeStatus}. */
    public static final int IN_NODE_STATUS = 4096;

    private static final String MARKER = " [cut]";

    private Message() {}

    /** {@code text}, or its beginning and a marker if it exceeds {@code limit}. */
    public static String bounded(String text, int limit) {
        return text.length() <= limit ? text : text.substring(0, limit - MARKER.length()) + MARKER;
    }
}
