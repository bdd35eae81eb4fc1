package dev.auditpolicy.e2e;

import dev.auditpolicy.lab.Lab;
import java.time.Duration;

/** kube-apiserver as the unit of a host: its files, and its process. */
record UnitFiles(Lab lab, String host) {

    static final String DROP_IN = "/etc/systemd/system/kube-apiserver.service.d/zz-auditpolicy.conf";
    static final String POLICY = "/etc/kubernetes/audit-policy.yaml";

    private static final String HOOK = "/etc/systemd/system/kube-apiserver.service.d/10-test.conf";
    private static final Duration CHANGE_LIMIT = Duration.ofMinutes(3);

    /** The unit and its environment files with hash, mode and owner. */
    String ofTheAdministrator() {
        return shell(
                "for f in /etc/systemd/system/kube-apiserver.service /etc/kubernetes/config /etc/kubernetes/apiserver;"
                        + " do test ! -e $f || { sha256sum $f; stat -c '%n %a %u %g' $f; }; done");
    }

    String dropIn() {
        return lab.readFile(host, DROP_IN);
    }

    boolean hasDropIn() {
        return exists(DROP_IN);
    }

    boolean hasPolicy() {
        return exists(POLICY);
    }

    void deleteDropIn() {
        lab.exec(host, "rm", DROP_IN);
    }

    /** Returns when the drop-in has this text, within milliseconds. */
    void awaitInDropIn(String text) {
        shell("end=$(($(date +%s) + " + CHANGE_LIMIT.toSeconds() + ")); until grep -qs -e '" + text + "' " + DROP_IN
                + "; do test $(date +%s) -lt $end || exit 9; sleep 0.02; done");
    }

    /** kube-apiserver's command line. */
    String commandLine() {
        return shell("tr '\\0' ' ' < /proc/$(pgrep -nx kube-apiserver)/cmdline");
    }

    /** With {@code text} in the drop-in, a start fails before kube-apiserver runs. */
    void failStartsWith(String text, String error) {
        hook(
                "ExecStartPre",
                "grep -qs -e '%s' %s || exit 0\necho 'Error: %s' >&2\nexit 1".formatted(text, DROP_IN, error));
    }

    /** With {@code text} in the drop-in, kube-apiserver hangs as soon as it runs. Not for {@code Type=notify}. */
    void hangStartsWith(String text) {
        hook("ExecStartPost", """
                grep -qs -e '%s' %s || exit 0
                until grep -q '^kube-apiserver' /proc/$MAINPID/comm; do sleep 0.01; done
                kill -STOP $MAINPID""".formatted(text, DROP_IN));
    }

    /** A setting of the administrator, which systemd has loaded and no start has applied. */
    void harden(String setting) {
        shell("mkdir -p $(dirname " + HOOK + ") && printf '[Service]\\n" + setting + "\\n' > " + HOOK
                + " && systemctl daemon-reload");
    }

    private void hook(String setting, String script) {
        lab.execWithInput(
                host,
                "#!/bin/sh\n" + script + "\n",
                "sh",
                "-c",
                "cat > /usr/local/sbin/test-hook && chmod 0755 /usr/local/sbin/test-hook && mkdir -p $(dirname " + HOOK
                        + ") && printf '[Service]\\n%s=/usr/local/sbin/test-hook\\n' " + setting + " > " + HOOK
                        + " && systemctl daemon-reload");
    }

    void removeHook() {
        shell("rm -f " + HOOK + " && systemctl daemon-reload");
    }

    private boolean exists(String path) {
        return shell("test ! -e " + path + " || echo yes").strip().equals("yes");
    }

    private String shell(String script) {
        return lab.exec(host, "sh", "-c", script);
    }
}
