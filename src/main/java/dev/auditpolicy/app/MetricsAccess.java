package dev.auditpolicy.app;

/** Whether a client may read the metrics, as the status of the response. */
enum MetricsAccess {
    ALLOWED(200, ""),
    UNAUTHENTICATED(401, "unauthorized: send a bearer token that the API server of this cluster accepts\n"),
    FORBIDDEN(403, "forbidden: bind the account to a ClusterRole with the verb get on the nonResourceURL /metrics\n"),
    UNKNOWN(503, "the API server could not be asked for this token: see the log of the agent\n");

    private final int status;
    private final String message;

    MetricsAccess(int status, String message) {
        this.status = status;
        this.message = message;
    }

    int status() {
        return status;
    }

    String message() {
        return message;
    }
}
