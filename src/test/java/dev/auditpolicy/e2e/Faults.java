package dev.auditpolicy.e2e;

import static dev.auditpolicy.e2e.Moment.API_DOWN;
import static dev.auditpolicy.e2e.Moment.BOOTING;
import static dev.auditpolicy.e2e.Moment.ENDED;
import static dev.auditpolicy.e2e.Moment.FILES_WRITTEN;
import static dev.auditpolicy.e2e.Moment.ROLLING_BACK;
import static dev.auditpolicy.e2e.Moment.TURN_BEGUN;

import java.util.List;
import java.util.stream.Stream;

/** The fault matrix. */
final class Faults {

    private static final String ETCD = "/etc/kubernetes/manifests/etcd.yaml";
    private static final String IMAGE = "auditpolicy.dev/operator:0.1.0";
    private static final Change CRASHES_AT_START = Change.logTo(Change.IMMUTABLE);

    private Faults() {}

    static List<Fault> all() {
        return Stream.of(
                        killed(),
                        powerCuts(),
                        apiServers(),
                        kubelets(),
                        disks(),
                        surroundings(),
                        anonymousAuth(),
                        concurrentChanges())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Fault> killed() {
        return List.of(
                Fault.of("agent killed, turn begun").during(site -> site.killAt(TURN_BEGUN, "agent")),
                Fault.of("agent killed, files written")
                        .alsoOnThree()
                        .during(site -> site.killAt(FILES_WRITTEN, "agent")),
                Fault.of("agent killed, kube-apiserver boots").during(site -> site.killAt(BOOTING, "agent")),
                Fault.of("agent killed, rollback")
                        .with(CRASHES_AT_START)
                        .during(site -> site.killAt(ROLLING_BACK, "agent"))
                        .rollsBack(Change.NOT_PERMITTED),
                Fault.of("agent and guard killed, files written")
                        .alsoOnThree()
                        .inEveryRun()
                        .during(site -> site.killAt(FILES_WRITTEN, "agent", "guard")));
    }

    private static List<Fault> powerCuts() {
        return List.of(
                Fault.of("power cut, turn begun").during(site -> site.cutPowerAt(TURN_BEGUN)),
                Fault.of("power cut, files written").alsoOnThree().during(site -> site.cutPowerAt(FILES_WRITTEN)),
                Fault.of("power cut, files written, change is bad")
                        .alsoOnThree()
                        .inEveryRun()
                        .with(CRASHES_AT_START)
                        .during(site -> site.cutPowerAt(FILES_WRITTEN))
                        .rollsBack(Change.NOT_PERMITTED),
                Fault.of("power cut, rollback")
                        .alsoOnThree()
                        .with(CRASHES_AT_START)
                        .during(site -> site.cutPowerAt(ROLLING_BACK))
                        .rollsBack(Change.NOT_PERMITTED));
    }

    private static List<Fault> apiServers() {
        return List.of(
                Fault.of("kube-apiserver starts and crashes")
                        .alsoOnThree()
                        .with(CRASHES_AT_START)
                        .rollsBack(Change.NOT_PERMITTED),
                Fault.of("kube-apiserver never starts")
                        .with(Change.logTo(Change.BELOW_A_FILE).within(30))
                        .before(site -> site.run(Change.MAKE_DIRECTORY))
                        .during(site -> {
                            site.at(Moment.CHANGE_RECORDED, Change.REPLACE_DIRECTORY);
                            // Otherwise the node would report Refused, with the reason for that.
                            site.at(Moment.MANIFEST_RESTORED, Change.MAKE_DIRECTORY);
                        })
                        .after(site -> site.run(Change.MAKE_DIRECTORY))
                        .rollsBack("no kube-apiserver is running"),
                Fault.of("kube-apiserver hangs")
                        .alsoOnThree()
                        .with(Change.good().within(30))
                        .during(site -> site.at(BOOTING, "kill -STOP $server"))
                        .rollsBack("does not answer /readyz"),
                Fault.of("kube-apiserver is slow, 20 s")
                        .during(site -> site.at(BOOTING, "kill -STOP $server; sleep 20; kill -CONT $server")),
                Fault.of("human adds a flag to the manifest, kube-apiserver hangs")
                        .with(Change.good().within(30))
                        .during(site -> site.at(
                                BOOTING,
                                "kill -STOP $server; text=$(sed 's/^ *- --secure-port=.*/&\\n    - --event-ttl=59m/'"
                                        + " $manifest); printf '%s\\n' \"$text\" > $manifest"))
                        .rollsBack("kube-apiserver")
                        .after(site -> site.run("grep -q event-ttl=59m " + FaultSite.MANIFEST)));
    }

    private static List<Fault> kubelets() {
        return List.of(
                Fault.of("kubelet killed, API down, change applied")
                        .with(Change.good().withOtherSettings())
                        .during(site -> site.killKubeletAt(API_DOWN)),
                Fault.of("kubelet killed, API down, rollback")
                        .with(CRASHES_AT_START)
                        .during(site -> site.killKubeletAt(ROLLING_BACK))
                        .rollsBack(Change.NOT_PERMITTED),
                Fault.of("kubelet killed, API down, manifest restored")
                        .with(CRASHES_AT_START)
                        .during(site -> site.killKubeletAt(Moment.MANIFEST_RESTORED))
                        .rollsBack(Change.NOT_PERMITTED));
    }

    private static List<Fault> disks() {
        return List.of(
                Fault.of("policy's disk full")
                        .before(SmallDisk::fillConfiguration)
                        .after(SmallDisk::unmountConfiguration)
                        .changesNothing("No space left on device"),
                Fault.of("policy's disk read-only")
                        .before(SmallDisk::makeConfigurationReadOnly)
                        .after(SmallDisk::unmountConfiguration)
                        .changesNothing("Read-only file system"),
                Fault.of("journal's disk full").before(SmallDisk::fillState).during(site -> {
                    site.awaitMessage("No space left on device");
                    site.assertUntouched();
                    SmallDisk.unmountState(site);
                }),
                Fault.of("journal's disk full, files written, change is bad")
                        .with(CRASHES_AT_START)
                        .before(SmallDisk::mountState)
                        .during(site -> site.at(FILES_WRITTEN, SmallDisk.FILL))
                        .after(SmallDisk::unmountState)
                        .rollsBack(Change.NOT_PERMITTED),
                Fault.of("journal cannot be written, files written, change is bad")
                        .with(CRASHES_AT_START.within(30))
                        .during(site -> site.at(FILES_WRITTEN, SmallDisk.FREEZE_STATE))
                        .after(SmallDisk::unfreezeState)
                        .neverEnds("journal.json"),
                Fault.of("journal cannot be written, files written").during(site -> {
                    site.at(FILES_WRITTEN, SmallDisk.FREEZE_STATE);
                    site.awaitMessage("journal.json");
                    SmallDisk.unfreezeState(site);
                }),
                Fault.of("policy's disk read-only, files written")
                        .before(SmallDisk::mountConfiguration)
                        .during(site -> {
                            site.at(FILES_WRITTEN, SmallDisk.REMOUNT_READ_ONLY);
                            site.awaitNodeMessage("Read-only file system");
                            site.run(SmallDisk.REMOUNT_WRITABLE);
                        })
                        .after(SmallDisk::unmountConfiguration),
                Fault.of("log's disk full, kube-apiserver cannot open it")
                        .with(Change.logTo("/var/log/kubernetes/full/audit.log"))
                        .before(site -> site.run("mkdir -p /var/log/kubernetes/full"
                                + " && mount -t tmpfs -o size=4k,nr_inodes=1 tmpfs /var/log/kubernetes/full"))
                        .after(site -> site.run("umount -l /var/log/kubernetes/full"))
                        .rollsBack("no space left on device"));
    }

    private static List<Fault> surroundings() {
        return List.of(
                Fault.of("API unreachable from the agent, files written")
                        .alsoOnThree()
                        .during(site -> {
                            site.at(FILES_WRITTEN, "ip route add blackhole 10.96.0.1/32");
                            site.at(ENDED, "ip route del blackhole 10.96.0.1/32");
                        }),
                Fault.of("etcd stopped, before the change")
                        .onlyOnThree()
                        .before(site -> site.run("mv " + ETCD + " /root/ && while pgrep -x etcd; do sleep 0.2; done"))
                        .during(site -> {
                            site.awaitMessage(site.node());
                            site.assertUntouched();
                            site.run("mv /root/etcd.yaml " + ETCD);
                        }),
                Fault.of("etcd stopped, kube-apiserver boots")
                        .during(site -> {
                            site.at(BOOTING, "mv " + ETCD + " /root/");
                            site.at(ROLLING_BACK, "mv /root/etcd.yaml " + ETCD);
                        })
                        .rollsBack("kube-apiserver"),
                Fault.of("Node deleted, turn begun, kubelet registers again")
                        .onlyOnThree()
                        .during(FaultSite::registerAgain));
    }

    /** As CIS 1.2.1 demands. What answers anonymous requests with 401 is not thereby ready. */
    private static List<Fault> anonymousAuth() {
        return Stream.of(
                        Fault.of("anonymous auth off"),
                        Fault.of("anonymous auth off, change is bad")
                                .with(CRASHES_AT_START)
                                .rollsBack(Change.NOT_PERMITTED),
                        Fault.of("anonymous auth off, power cut, files written")
                                .during(site -> site.cutPowerAt(FILES_WRITTEN)),
                        Fault.of("anonymous auth off, power cut, files written, change is bad")
                                .with(CRASHES_AT_START)
                                .during(site -> site.cutPowerAt(FILES_WRITTEN))
                                .rollsBack(Change.NOT_PERMITTED))
                .map(fault ->
                        fault.before(FaultSite::rejectAnonymousRequests).after(FaultSite::acceptAnonymousRequests))
                .toList();
    }

    private static List<Fault> concurrentChanges() {
        return List.of(
                Fault.of("second agent on the node").before(SecondAgent::start).after(SecondAgent::stop),
                Fault.of("kubeadm is running")
                        .alsoOnThree()
                        .before(ConcurrentChange::startKubeadm)
                        .during(site -> {
                            site.awaitMessage("kubeadm is running");
                            site.assertUntouched();
                            ConcurrentChange.stopKubeadm(site);
                        }),
                Fault.of("another process writes the manifest")
                        .before(ConcurrentChange::startWriting)
                        .during(site -> {
                            site.awaitMessage("was changed less than");
                            site.assertUntouched();
                            ConcurrentChange.stopWriting(site);
                        }),
                Fault.of("agent's image is missing")
                        .before(site -> site.run("ctr -n k8s.io images tag " + IMAGE + " docker.io/library/kept:1"
                                + " && ctr -n k8s.io images rm " + IMAGE))
                        .after(site -> site.run("ctr -n k8s.io images tag docker.io/library/kept:1 " + IMAGE
                                + " && ctr -n k8s.io images rm docker.io/library/kept:1")),
                Fault.of("/var/lib/auditpolicy is mounted with noexec")
                        .before(site -> {
                            site.run("mount -o remount,bind,noexec /var/lib/auditpolicy");
                            site.replaceAgent();
                        })
                        .during(site -> {
                            site.awaitMessage("noexec");
                            site.assertUntouched();
                            site.run("mount -o remount,bind,exec /var/lib/auditpolicy");
                            site.replaceAgent();
                        }));
    }
}
