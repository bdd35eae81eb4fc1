package dev.auditpolicy.e2e;

/** What a test needs of the cluster is not there, and no later test on this cluster would find it. */
final class ClusterUnusableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    ClusterUnusableException(String message) {
        super(message);
    }

    ClusterUnusableException(String message, Throwable cause) {
        super(message, cause);
    }
}
