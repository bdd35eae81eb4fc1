package dev.auditpolicy.e2e;

import static dev.auditpolicy.e2e.Moment.API_DOWN;
import static dev.auditpolicy.e2e.Moment.BOOTING;
import static dev.auditpolicy.e2e.Moment.ENDED;
import static dev.auditpolicy.e2e.Moment.FILES_WRITTEN;
import static dev.auditpolicy.e2e.Moment.TURN_BEGUN;
import static dev.auditpolicy.e2e.Moment.UNDOING;

import java.util.List;
import java.util.stream.Stream;

/** The table of faults. */
final class Faults {

    private static final String ETCD = "/etc/kubernetes/manifests/etcd.yaml";
    private static final String IMAGE = "auditpolicy.dev/operator:0.1.0";
    private static final Change KILLS_THE_NEW_ONE = Change.logTo(Change.IMMUTABLE);

    private Faults() {}

    static List<Fault> all() {
        return Stream.of(killed(), powerCuts(), apiServers(), kubelets(), disks(), surroundings(), neighbours())
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
                Fault.of("agent killed, undo")
                        .with(KILLS_THE_NEW_ONE)
                        .during(site -> site.killAt(UNDOING, "agent"))
                        .goesBack(Change.NOT_PERMITTED),
                Fault.of("agent and guard killed, files written")
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
                        .with(KILLS_THE_NEW_ONE)
                        .during(site -> site.cutPowerAt(FILES_WRITTEN))
                        .goesBack(Change.NOT_PERMITTED),
                Fault.of("power cut, undo")
                        .alsoOnThree()
                        .with(KILLS_THE_NEW_ONE)
                        .during(site -> site.cutPowerAt(UNDOING))
                        .goesBack(Change.NOT_PERMITTED));
    }

    private static List<Fault> apiServers() {
        return List.of(
                Fault.of("kube-apiserver starts and dies")
                        .alsoOnThree()
                        .with(KILLS_THE_NEW_ONE)
                        .goesBack(Change.NOT_PERMITTED),
                Fault.of("kube-apiserver never starts")
                        .with(Change.logTo(Change.BELOW_A_FILE).within(30))
                        .before(site -> site.run(Change.MAKE_DIRECTORY))
                        .during(site -> {
                            site.at(TURN_BEGUN, Change.REPLACE_DIRECTORY);
                            // Else the node would say Refused by then, with the reason for that.
                            site.at(Moment.MANIFEST_TAKEN_BACK, Change.MAKE_DIRECTORY);
                        })
                        .after(site -> site.run(Change.MAKE_DIRECTORY))
                        .goesBack("no kube-apiserver of a static pod is running"),
                Fault.of("kube-apiserver hangs")
                        .alsoOnThree()
                        .with(Change.good().within(30))
                        .during(site -> site.at(BOOTING, "kill -STOP $server"))
                        .goesBack("does not answer /readyz"),
                Fault.of("kube-apiserver is slow, 20 s")
                        .during(site -> site.at(BOOTING, "kill -STOP $server; sleep 20; kill -CONT $server")),
                Fault.of("human adds a flag to the manifest, kube-apiserver hangs")
                        .with(Change.good().within(30))
                        .during(site -> site.at(
                                BOOTING,
                                "kill -STOP $server; text=$(sed 's/^ *- --secure-port=.*/&\\n    - --event-ttl=59m/'"
                                        + " $manifest); printf '%s\\n' \"$text\" > $manifest"))
                        .goesBack("kube-apiserver")
                        .after(site -> site.run("grep -q event-ttl=59m " + FaultSite.MANIFEST)));
    }

    private static List<Fault> kubelets() {
        return List.of(
                Fault.of("kubelet killed, API down, forward")
                        .inEveryRun()
                        .with(Change.good().withOtherSettings())
                        .during(site -> site.killKubeletAt(API_DOWN)),
                Fault.of("kubelet killed, API down, undo")
                        .with(KILLS_THE_NEW_ONE)
                        .during(site -> site.killKubeletAt(UNDOING))
                        .goesBack(Change.NOT_PERMITTED),
                Fault.of("kubelet killed, API down, manifest taken back")
                        .with(KILLS_THE_NEW_ONE)
                        .during(site -> site.killKubeletAt(Moment.MANIFEST_TAKEN_BACK))
                        .goesBack(Change.NOT_PERMITTED));
    }

    private static List<Fault> disks() {
        return List.of(
                Fault.of("policy's disk full")
                        .before(SmallDisk::fill)
                        .after(SmallDisk::remove)
                        .changesNothing("No space left on device"),
                Fault.of("policy's disk read-only")
                        .before(SmallDisk::makeReadOnly)
                        .after(SmallDisk::remove)
                        .changesNothing("Read-only file system"),
                Fault.of("journal's disk full").before(SmallDisk::fillState).during(site -> {
                    site.awaitToldToUser("No space left on device");
                    site.assertUntouched();
                    SmallDisk.removeState(site);
                }),
                Fault.of("log's disk full, kube-apiserver cannot open it")
                        .with(Change.logTo("/var/log/kubernetes/full/audit.log"))
                        .before(site -> site.run("mkdir -p /var/log/kubernetes/full"
                                + " && mount -t tmpfs -o size=4k,nr_inodes=1 tmpfs /var/log/kubernetes/full"))
                        .after(site -> site.run("umount -l /var/log/kubernetes/full"))
                        .goesBack("no space left on device"));
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
                        .inEveryRun()
                        .before(site -> site.run("mv " + ETCD + " /root/ && while pgrep -x etcd; do sleep 0.2; done"))
                        .during(site -> {
                            site.awaitToldToUser(site.node());
                            site.assertUntouched();
                            site.run("mv /root/etcd.yaml " + ETCD);
                        }),
                Fault.of("etcd stopped, kube-apiserver boots")
                        .during(site -> {
                            site.at(BOOTING, "mv " + ETCD + " /root/");
                            site.at(UNDOING, "mv /root/etcd.yaml " + ETCD);
                        })
                        .goesBack("kube-apiserver"));
    }

    private static List<Fault> neighbours() {
        return List.of(
                Fault.of("second agent on the node").before(SecondAgent::start).after(SecondAgent::stop),
                Fault.of("kubeadm is running")
                        .alsoOnThree()
                        .before(Neighbour::startKubeadm)
                        .during(site -> {
                            site.awaitToldToUser("kubeadm is running");
                            site.assertUntouched();
                            Neighbour.stopKubeadm(site);
                        }),
                Fault.of("somebody is writing the manifest")
                        .before(Neighbour::startWriting)
                        .during(site -> {
                            site.awaitToldToUser("was changed less than");
                            site.assertUntouched();
                            Neighbour.stopWriting(site);
                        }),
                Fault.of("guard's image is missing")
                        .before(site -> site.run("ctr -n k8s.io images tag " + IMAGE + " docker.io/library/kept:1"
                                + " && ctr -n k8s.io images rm " + IMAGE))
                        .after(site -> site.run("ctr -n k8s.io images tag docker.io/library/kept:1 " + IMAGE
                                + " && ctr -n k8s.io images rm docker.io/library/kept:1"))
                        .changesNothing("is that image on the node?"));
    }
}
