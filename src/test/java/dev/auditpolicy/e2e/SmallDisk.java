package dev.auditpolicy.e2e;

/** A small file system mounted at a directory that the agent writes to. */
final class SmallDisk {

    private static final String MANIFESTS = "/etc/kubernetes";
    private static final String STATE = "/var/lib/auditpolicy";

    private SmallDisk() {}

    static void fill(FaultSite site) {
        mount(site, MANIFESTS);
        fillUp(site, MANIFESTS);
    }

    static void makeReadOnly(FaultSite site) {
        mount(site, MANIFESTS);
        site.run("mount -o remount,ro /run/small");
    }

    static void remove(FaultSite site) {
        unmount(site, MANIFESTS);
    }

    static void fillState(FaultSite site) {
        mount(site, STATE);
        fillUp(site, STATE);
    }

    static void removeState(FaultSite site) {
        unmount(site, STATE);
    }

    /** Copies all files before it mounts: kubelet stops a pod whose manifest it does not find. */
    private static void mount(FaultSite site, String directory) {
        site.run("mkdir -p /run/small && mount -t tmpfs -o size=2m,mode=755 tmpfs /run/small"
                + " && cp -a " + directory + "/. /run/small/ && mount --bind /run/small " + directory
                + " && kill -9 $(pgrep -x kubelet)");
        site.replaceAgent();
    }

    private static void fillUp(FaultSite site, String directory) {
        site.run("dd if=/dev/zero of=" + directory + "/filler bs=4k 2> /dev/null || true");
    }

    private static void unmount(FaultSite site, String directory) {
        site.run("umount -l " + directory + " && umount -l /run/small && kill -9 $(pgrep -x kubelet)");
        site.replaceAgent();
    }
}
