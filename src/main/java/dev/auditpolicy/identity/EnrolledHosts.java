package dev.auditpolicy.identity;

/**
 * The ConfigMap that names the hosts whose agents have a certificate, as its keys. An administrator writes it by {@code auditpolicy
 * enroll}; the controller may only read it.
 */
public final class EnrolledHosts {

    /** Where the operator is installed. */
    public static final String NAMESPACE = "auditpolicy-system";

    /** The name of the ConfigMap. The controller's Role contains it. */
    public static final String CONFIG_MAP = "enrolled-hosts";

    private EnrolledHosts() {}
}
