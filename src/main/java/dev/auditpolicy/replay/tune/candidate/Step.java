package dev.auditpolicy.replay.tune.candidate;

/** A way to make a log smaller. In the order in which they are tried: those come first that take the least from the log. */
public enum Step {
    /** The stage RequestReceived. */
    ARRIVALS("the event at the end of a request has everything that its first event has, and the outcome"),
    /** The field managedFields in bodies. */
    MANAGED_FIELDS("bodies without the bookkeeping of server-side apply"),
    /** Health checks. */
    HEALTH_CHECKS("health checks say nothing about what anyone did"),
    /** Heartbeats and leader elections. */
    LEASES("heartbeats and leader elections; other changes of Leases stay in the log"),
    /** Events of components. */
    EVENTS("Events are a log of their own; their deletion stays in the audit log"),
    /** Responses to reads. */
    READ_BODIES("responses to reads; who read what stays in the log"),
    /** Reads by programs. */
    POLLING("reads that a program repeats; what it changes stays in the log"),
    /** Responses to changes. */
    RESPONSES("responses to changes; the requests stay in the log with their bodies"),
    /** Bodies of changes. */
    REQUESTS("bodies of changes; who changed what and when stays in the log");

    private final String why;

    Step(String why) {
        this.why = why;
    }

    /** What is lost, and why that is acceptable: one clause. */
    public String why() {
        return why;
    }
}
