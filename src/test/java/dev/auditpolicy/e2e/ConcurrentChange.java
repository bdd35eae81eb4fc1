package dev.auditpolicy.e2e;

/** Another program that changes the node during a turn. */
final class ConcurrentChange {

    private ConcurrentChange() {}

    /** Any program of that name: the agent does not check what it does. */
    static void startKubeadm(FaultSite site) {
        start(site, "cp /bin/sleep /run/kubeadm && exec /run/kubeadm 600");
    }

    static void stopKubeadm(FaultSite site) {
        site.run("kill $(pgrep -x kubeadm)");
    }

    static void startWriting(FaultSite site) {
        start(site, "while true; do touch " + FaultSite.MANIFEST + "; sleep 2; done");
    }

    static void stopWriting(FaultSite site) {
        site.run("kill $(cat /run/concurrent-change.pid)");
    }

    private static void start(FaultSite site, String script) {
        site.run("setsid sh -c 'echo $$ > /run/concurrent-change.pid; " + script + "' > /dev/null 2>&1 &"
                + " until test -s /run/concurrent-change.pid; do sleep 0.1; done");
    }
}
