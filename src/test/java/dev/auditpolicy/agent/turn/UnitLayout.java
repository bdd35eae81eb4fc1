package dev.auditpolicy.agent.turn;

import dev.auditpolicy.journal.FileImage;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** What is on a host with a unit before the operator first changes it. */
enum UnitLayout {
    /** A command without audit flags. */
    PLAIN,
    /** A command of which most is in a variable, and that reports its start. */
    VARIABLE,
    /** With a policy where ours will be. */
    AUDITED,
    /** With a policy elsewhere, and the flags for it in a variable. */
    AUDITED_IN_VARIABLE;

    static final String ENVIRONMENT = "/etc/kubernetes/apiserver";
    static final String ELSEWHERE = "/etc/kubernetes/policies/audit.yaml";
    private static final String POLICY = "/etc/kubernetes/audit-policy.yaml";
    private static final String ARGS = "--etcd-servers=https://127.0.0.1:2379 --secure-port=6443";

    SimulatedUnitHost host() throws IOException {
        return new SimulatedUnitHost(files());
    }

    private Map<String, FileImage> files() {
        var files = new TreeMap<String, FileImage>();
        files.put(LoadedUnit.PATH, readable(unit()));
        switch (this) {
            case PLAIN -> {}
            case VARIABLE -> files.put(ENVIRONMENT, readable("KUBE_API_ARGS=" + ARGS + "\n"));
            case AUDITED -> files.put(POLICY, new FileImage("theirs", 0, 0, 0640));
            case AUDITED_IN_VARIABLE -> {
                files.put(ENVIRONMENT, readable("KUBE_API_ARGS=" + ARGS + audited(ELSEWHERE, " ") + "\n"));
                files.put(ELSEWHERE, readable("theirs"));
            }
        }
        return files;
    }

    private String unit() {
        return switch (this) {
            case PLAIN -> unit("simple", "", "--v=2 \\\n  --secure-port=6443");
            case AUDITED -> unit("simple", "", "--v=2" + audited(POLICY, " \\\n  "));
            case VARIABLE, AUDITED_IN_VARIABLE ->
                unit("notify", "EnvironmentFile=" + ENVIRONMENT + "\n", "--v=2 $KUBE_API_ARGS");
        };
    }

    /** The unit's file after an upgrade of its package. */
    String upgraded() {
        return unit().replace("--v=2", "--v=3");
    }

    private static String unit(String type, String settings, String arguments) {
        return "[Unit]\nAfter=etcd.service\n\n[Service]\nType=" + type + "\n" + settings
                + "ExecStart=/usr/local/bin/kube-apiserver \\\n  " + arguments
                + "\nRestart=on-failure\nRestartSec=5\n";
    }

    private static String audited(String policy, String separator) {
        return separator + "--audit-policy-file=" + policy + separator + "--audit-log-path=/var/log/audit.log"
                + separator + "--audit-log-maxage=7";
    }

    static FileImage readable(String text) {
        return new FileImage(text, 0, 0, 0644);
    }
}
