package dev.auditpolicy.e2e;

/** A small file system mounted at a directory that the agent writes to, with the files of that directory. */
final class SmallDisk {

    private static final String CONFIGURATION = "/etc/kubernetes";
    private static final String STATE = "/var/lib/auditpolicy";

    /** Shell commands for a mounted disk. */
    static final String FILL = "dd if=/dev/zero of=/run/small/filler bs=4k 2> /dev/null || true";

    static final String REMOUNT_READ_ONLY = "mount -o remount,ro /run/small";
    static final String REMOUNT_WRITABLE = "mount -o remount,rw /run/small";

    /**
     * Shell command after which nothing in the state directory can be created, renamed or written. Its disk cannot be made
     * read-only: agent and guard have lock files open for writing.
     */
    static final String FREEZE_STATE = "chattr +i $(ls -d " + STATE + " " + STATE + "/*.json)";

    private SmallDisk() {}

    static void fillConfiguration(FaultSite site) {
        mountConfiguration(site);
        site.run(FILL);
    }

    static void makeConfigurationReadOnly(FaultSite site) {
        mountConfiguration(site);
        site.run(REMOUNT_READ_ONLY);
    }

    static void mountConfiguration(FaultSite site) {
        mount(site, CONFIGURATION);
    }

    static void unmountConfiguration(FaultSite site) {
        unmount(site, CONFIGURATION);
    }

    static void fillState(FaultSite site) {
        mountState(site);
        site.run(FILL);
    }

    static void mountState(FaultSite site) {
        mount(site, STATE);
    }

    static void unmountState(FaultSite site) {
        unmount(site, STATE);
    }

    static void unfreezeState(FaultSite site) {
        site.run("chattr -i $(ls -d " + STATE + " " + STATE + "/*.json)");
    }

    /** Copies all files before it mounts: kubelet stops a pod whose manifest it does not find. */
    private static void mount(FaultSite site, String directory) {
        site.run("mkdir -p /run/small && mount -t tmpfs -o size=$(($(du -sk " + directory
                + " | cut -f 1) + 2048))k tmpfs /run/small && cp -a " + directory
                + " /run/small/disk && mount --bind /run/small/disk " + directory + " && kill -9 $(pgrep -x kubelet)");
        site.replaceAgent();
    }

    /**
     * Without kubelet, and so without whoever it runs, the files are moved back: into the directories that are there, because
     * containers have mounted them.
     */
    private static void unmount(FaultSite site, String directory) {
        site.run("kill -STOP $(pgrep -x kubelet) && umount -l " + directory + " && cd " + directory
                + " && find . -type f | while read -r f; do test -e /run/small/disk/$f || rm -f $f; done"
                + " && cd /run/small/disk && find . -type f | while read -r f; do cmp -s $f " + directory + "/$f"
                + " || cp -a --parents $f " + directory + "; done && cd / && umount -l /run/small"
                + " && kill -9 $(pgrep -x kubelet)");
        site.replaceAgent();
    }
}
