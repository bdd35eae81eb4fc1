package dev.auditpolicy.api.v1alpha1;

/** The group and version of the API. */
public final class Api {

    /** The group of both kinds. */
    public static final String GROUP = "auditpolicy.dev";

    /** The only version. */
    public static final String VERSION = "v1alpha1";

    private Api() {}
}
