package dev.auditpolicy.e2e;

import dev.auditpolicy.lab.Lab;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the operator's processes have used so far.
 *
 * @param ticks CPU time by process, in hundredths of a second
 * @param residentKilobytes by process
 * @param requests events of each role's service account in the audit logs of all nodes
 */
record IdleCost(Map<String, Long> ticks, Map<String, Long> residentKilobytes, Map<String, Long> requests) {

    private static final String PROCESSES = """
            for pid in $(pgrep -x java); do
              role=$(tr '\\0' '\\n' < /proc/$pid/cmdline | tail -1)
              echo $role $(cut -d' ' -f14,15 /proc/$pid/stat) $(sed -n 's/VmRSS:[^0-9]*\\([0-9]*\\).*/\\1/p' /proc/$pid/status)
            done""";

    static IdleCost of(Lab lab) {
        var ticks = new TreeMap<String, Long>();
        var resident = new TreeMap<String, Long>();
        var requests = new TreeMap<String, Long>();
        for (var node : lab.nodes()) {
            for (var line : lab.exec(node, "sh", "-c", PROCESSES).lines().toList()) {
                var part = line.split(" ");
                ticks.put(node + " " + part[0], Long.parseLong(part[1]) + Long.parseLong(part[2]));
                resident.put(node + " " + part[0], Long.parseLong(part[3]));
            }
            for (var role : new String[] {"agent", "controller"}) {
                var count = lab.exec(
                        node,
                        "sh",
                        "-c",
                        "cat /var/log/kubernetes/audit/*.log | grep -c 'serviceaccount:auditpolicy-system:" + role
                                + "' || true");
                requests.merge(role, Long.parseLong(count.strip()), Long::sum);
            }
        }
        return new IdleCost(ticks, resident, requests);
    }

    void printUntil(IdleCost after, Duration passed) {
        after.ticks.forEach((process, now) -> System.out.printf(
                "idle for %d s: %s: %.2f %% of a CPU, %d MB resident%n",
                passed.toSeconds(),
                process,
                (now - ticks.getOrDefault(process, now)) / (double) passed.toSeconds(),
                after.residentKilobytes.get(process) / 1024));
        after.requests.forEach((role, now) -> System.out.printf(
                "idle for %d s: all %s pods: %.1f API requests per minute%n",
                passed.toSeconds(), role, (now - requests.get(role)) * 60.0 / passed.toSeconds()));
    }
}
