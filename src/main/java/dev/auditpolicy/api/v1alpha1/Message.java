package dev.auditpolicy.api.v1alpha1;

/** Text for people, cut to what its field admits: a status that the API server refuses tells nobody anything. */
public final class Message {

    /** Characters of a condition's message, as in metav1.Condition. */
    public static final int IN_CONDITION = 32768;

    /** Characters of a message in an {@link AuditNodeStatus}. */
    public static final int IN_NODE_STATUS = 4096;

    private static final String CUT = " [cut]";

    private Message() {}

    /** {@code text}, or its beginning and a mark that it was cut. */
    public static String bounded(String text, int limit) {
        return text.length() <= limit ? text : text.substring(0, limit - CUT.length()) + CUT;
    }
}
