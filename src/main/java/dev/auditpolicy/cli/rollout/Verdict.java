package dev.auditpolicy.cli.rollout;

/** What a script needs to know of a rollout. */
enum Verdict {
    /** Every kube-apiserver is proven to run this generation. */
    READY(0),
    /** It does not go on before somebody intervenes. */
    STALLED(1),
    /** Neither; also if there is no AuditPolicy, or if the controller has not seen this generation. */
    IN_PROGRESS(2);

    private final int exitCode;

    Verdict(int exitCode) {
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
