package dev.auditpolicy.replay;

/** Names of requests in statistics. */
final class RequestLabel {

    private RequestLabel() {}

    static String of(String verb, String resource) {
        return verb + " " + resource;
    }
}
