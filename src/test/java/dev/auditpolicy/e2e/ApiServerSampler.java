package dev.auditpolicy.e2e;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.auditpolicy.lab.Lab;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;

/** Every kube-apiserver that runs on a node until {@link #stop}, sampled every 0.1 s. */
record ApiServerSampler(Lab lab, String node) {

    private static final String SAMPLES = "/run/api-servers";

    /**
     * One line for each kube-apiserver of a pod: uptime of the machine in s, pid and start, and whether it audits. A pre-flight
     * has no --advertise-address.
     */
    private static final String SCRIPT = "rm -f " + SAMPLES + "; touch " + SAMPLES
            + "; setsid sh -c 'echo $$ > /run/sampler.pid; while true; do read uptime idle < /proc/uptime;"
            + " for pid in $(pgrep -x kube-apiserver); do"
            + " line=$(tr \"\\0\" \" \" < /proc/$pid/cmdline);"
            + " case $line in *--advertise-address=*) ;; *) continue ;; esac;"
            + " case $line in *--audit-policy-file=*) audits=audited ;; *) audits=unaudited ;; esac;"
            + " echo $uptime $pid/$(cut -d\" \" -f22 /proc/$pid/stat) $audits >> " + SAMPLES + "; done;"
            + " sleep 0.1; done' > /dev/null 2>&1 & until test -s /run/sampler.pid; do sleep 0.1; done";

    /**
     * A process that was seen.
     *
     * @param seen from the first sample to the last
     */
    record ApiServer(boolean audited, Duration seen) {

        private static ApiServer of(List<String[]> samples) {
            var first = Double.parseDouble(samples.getFirst()[0]);
            var last = Double.parseDouble(samples.getLast()[0]);
            return new ApiServer(
                    samples.getFirst()[2].equals("audited"), Duration.ofMillis(Math.round((last - first) * 1000)));
        }
    }

    /** Returns when it samples. */
    static ApiServerSampler start(Lab lab, String node) {
        lab.exec(node, "sh", "-c", SCRIPT);
        return new ApiServerSampler(lab, node);
    }

    /** In order of their first sample. */
    List<ApiServer> stop() {
        lab.exec(node, "sh", "-c", "kill $(cat /run/sampler.pid); rm /run/sampler.pid");
        return lab
                .readFile(node, SAMPLES)
                .lines()
                .map(line -> line.split(" "))
                .filter(fields -> fields.length == 3)
                .collect(groupingBy(fields -> fields[1], LinkedHashMap::new, toList()))
                .values()
                .stream()
                .map(ApiServer::of)
                .toList();
    }

    /** How long kube-apiservers ran that do not audit. */
    static Duration unaudited(List<ApiServer> seen) {
        return seen.stream()
                .filter(server -> !server.audited())
                .map(ApiServer::seen)
                .reduce(Duration.ZERO, Duration::plus);
    }
}
