package dev.auditpolicy.api.v1alpha1;

/** Names that belong to the API as a whole. */
public final class Api {

    /** The API group of both kinds. */
    public static final String GROUP = "auditpolicy.dev";

    /** The only version so far. */
    public static final String VERSION = "v1alpha1";

    private Api() {}
}
