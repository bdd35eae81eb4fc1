package dev.auditpolicy.journal;

/** Where the files from before this operator are, which an administrator can copy back. */
public final class OriginalPaths {

    public static final String MANIFEST = "/var/lib/auditpolicy/original-kube-apiserver.yaml";
    public static final String POLICY = "/var/lib/auditpolicy/original-audit-policy.yaml";

    private OriginalPaths() {}
}
