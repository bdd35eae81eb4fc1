package dev.auditpolicy.replay.size;

/** The bytes of events without bodies, as measured on kube-apiserver 1.36. */
public final class MetadataSize {

    /** An event of the stage RequestReceived has at least so many bytes. */
    public static final long MIN_RECEIVED = 500;

    /** An event of the stage RequestReceived has at most so many bytes. */
    public static final long MAX_RECEIVED = 560;

    /** An event of the stage ResponseComplete has at least so many bytes. */
    public static final long MIN_COMPLETE = 690;

    /** An event of the stage ResponseComplete has at most so many bytes. */
    public static final long MAX_COMPLETE = 800;

    private MetadataSize() {}
}
