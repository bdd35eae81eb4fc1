package dev.auditpolicy.report;

/** What a report can show, and what not. */
public final class Basis {

    /** What a proof is, and whom the reader trusts. */
    public static final String PROOF =
            "\"Proven\" means that the agent on the node has checked the live kube-apiserver process: its command line, the policy"
                    + " file that it has mounted (byte for byte; the report compares the SHA-256 with the text that it evaluates),"
                    + " /readyz, the log that it has open, and a canary, a request whose Audit-ID must be in that log at the level"
                    + " that the policy gives it. The agent renews a proof every 5 minutes, and it counts for 15. The evidence is"
                    + " as good as this agent, which writes the status of the AuditNode, and the API server that stores it; the"
                    + " report reads no node and no log. To check it independently, search the log of a node for the Audit-ID of"
                    + " its canary, and compare the policy file with the SHA-256.";

    /** What is not known of the past. */
    public static final String HISTORY =
            "The resources hold only these times. What ran before them is not in the resources: it is in the audit log itself"
                    + " (changes of auditpolicies.auditpolicy.dev), or in Git if the AuditPolicy comes from there.";

    private Basis() {}
}
