package dev.auditpolicy.e2e;

/** Somebody else who is at work on the node. */
final class Neighbour {

    private Neighbour() {}

    /** A program of that name; what it does is not asked. */
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
        site.run("kill $(cat /run/neighbour.pid)");
    }

    private static void start(FaultSite site, String script) {
        site.run("setsid sh -c 'echo $$ > /run/neighbour.pid; " + script + "' > /dev/null 2>&1 &"
                + " until test -s /run/neighbour.pid; do sleep 0.1; done");
    }
}
