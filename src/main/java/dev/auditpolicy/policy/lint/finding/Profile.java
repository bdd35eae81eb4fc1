package dev.auditpolicy.policy.lint.finding;

/** A benchmark whose items about auditing can be checked. */
public enum Profile {
    /** CIS Kubernetes Benchmark, numbered as in its versions 1.9 to 1.12. */
    CIS("CIS Kubernetes Benchmark"),
    /** DISA Kubernetes Security Technical Implementation Guide, version 2. */
    STIG("Kubernetes STIG"),
    /** NSA and CISA Kubernetes Hardening Guide, version 1.2. */
    NSA("NSA/CISA Kubernetes Hardening Guide"),
    /** PCI DSS 4.0 and 4.0.1, requirement 10. */
    PCI("PCI DSS");

    private final String title;

    Profile(String title) {
        this.title = title;
    }

    /** The name of the benchmark. */
    public String title() {
        return title;
    }
}
