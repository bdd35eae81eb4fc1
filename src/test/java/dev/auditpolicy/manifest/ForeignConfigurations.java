package dev.auditpolicy.manifest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Audit configurations as people and tools write them into a manifest. */
final class ForeignConfigurations {

    private static final List<String> FLAGS = List.of(
            "--audit-policy-file=/etc/kubernetes/audit-policy.yaml",
            "--audit-policy-file=/etc/kubernetes/audit-policy/apiserver-audit-policy.yaml",
            "--audit-log-path=/var/log/kubernetes/audit/audit.log",
            "--audit-log-path=-",
            "--audit-log-maxage=7",
            "--audit-log-maxage=30",
            "--audit-log-maxbackup=3",
            "--audit-log-maxsize=200",
            "--audit-log-mode=batch",
            "--audit-log-batch-max-wait=1500ms",
            "--audit-log-compress",
            "--audit-log-version=audit.k8s.io/v1",
            "--audit-webhook-config-file=/etc/kubernetes/hook.yaml",
            "--audit-webhook-config-file=/etc/kubernetes/audit-webhook/kubeconfig",
            "--audit-webhook-batch-max-wait=5s",
            "--audit-webhook-truncate-enabled");

    /** Mounts with their volumes: those that collide with ours, those that only serve a flag, and whole directories. */
    private static final List<List<String>> MOUNTS = List.of(
            List.of("audit", "/etc/kubernetes/audit-policy.yaml", "/etc/kubernetes/audit-policy.yaml"),
            List.of("audit-elsewhere", "/etc/kubernetes/audit-policy.yaml", "/srv/policy.yaml"),
            List.of("audit-log", "/var/log/kubernetes/audit", "/var/log/kubernetes/audit"),
            List.of("audit-log", "/var/log/kubernetes/audit/", "/data/audit"),
            List.of("audit-file", "/var/log/kubernetes/audit/audit.log", "/var/log/kubernetes/audit/audit.log"),
            List.of("audit-policies", "/etc/kubernetes/audit-policy", "/etc/kubernetes/audit-policy"),
            List.of("hook", "/etc/kubernetes/hook.yaml", "/etc/kubernetes/hook.yaml"),
            List.of("hooks", "/etc/kubernetes/audit-webhook", "/etc/kubernetes/audit-webhook"),
            List.of("hooks-elsewhere", "/etc/kubernetes/audit-webhook", "/srv/hooks"),
            List.of("hook-of-ours", Manifests.WEBHOOK.directory(), "/srv/hook"),
            List.of("etc", "/etc/kubernetes/", "/etc/kubernetes"),
            List.of("logs", "/var/log", "/var/log/"));

    private ForeignConfigurations() {}

    /** The manifest of kubeadm with some of them. */
    static String random(Random random) {
        var lines = new ArrayList<String>();
        for (var line : Manifests.kubeadm().lines().toList()) {
            if (line.equals("    image: registry.k8s.io/kube-apiserver:v1.36.3") && random.nextInt(4) == 0) {
                lines.add("    args:");
                addFlags(lines, random);
            }
            lines.add(line);
            if ((line.startsWith("    - --") && random.nextInt(4) == 0)
                    || line.startsWith("    - --allow-privileged")) {
                addFlags(lines, random);
            }
        }
        var mounts = new ArrayList<>(MOUNTS);
        Collections.shuffle(mounts, random);
        var chosen = compatible(mounts.subList(0, random.nextInt(4)));
        var first = random.nextBoolean() ? 0 : 1;
        insert(lines, "    volumeMounts:", mountLines(chosen, random), first * 3);
        insert(lines, "  volumes:", volumeLines(chosen, random), first * 4);
        if (!chosen.isEmpty() && random.nextInt(3) == 0) {
            lines.addAll(
                    lines.indexOf("  hostNetwork: true"),
                    List.of(
                            "  - image: shipper",
                            "    name: shipper",
                            "    volumeMounts:",
                            "    - mountPath: /logs",
                            "      name: " + chosen.getFirst().getFirst()));
        }
        var lineBreak = random.nextInt(4) == 0 ? "\r\n" : "\n";
        return String.join(lineBreak, lines) + (random.nextInt(4) == 0 ? "" : lineBreak);
    }

    private static List<List<String>> compatible(List<List<String>> mounts) {
        var chosen = new ArrayList<List<String>>();
        for (var mount : mounts) {
            if (chosen.stream()
                    .noneMatch(other -> other.getFirst().equals(mount.getFirst())
                            || (other.get(1) + "/")
                                    .replace("//", "/")
                                    .equals((mount.get(1) + "/").replace("//", "/")))) {
                chosen.add(mount);
            }
        }
        return chosen;
    }

    private static void insert(List<String> lines, String key, List<String> added, int offset) {
        lines.addAll(lines.indexOf(key) + 1 + offset, added);
    }

    private static void addFlags(List<String> lines, Random random) {
        for (var count = random.nextInt(1, 4); count > 0; count--) {
            var flag = FLAGS.get(random.nextInt(FLAGS.size()));
            var name = flag.split("=", 2)[0];
            switch (random.nextInt(6)) {
                case 0 -> lines.add("    - " + name.replace("audit-", "audit_") + flag.substring(name.length()));
                case 1 -> lines.add("    - \"" + flag + "\"  # somebody");
                case 2 ->
                    lines.addAll(
                            flag.contains("=")
                                    ? List.of(
                                            "    - " + name,
                                            "    # its value",
                                            "    - '" + flag.substring(name.length() + 1) + "'")
                                    : List.of("    - " + flag));
                case 3 -> lines.addAll(List.of("    # somebody", "    - " + flag, ""));
                default -> lines.add("    - " + flag);
            }
        }
    }

    private static List<String> mountLines(List<List<String>> mounts, Random random) {
        var lines = new ArrayList<String>();
        mounts.forEach(mount -> lines.addAll(
                random.nextBoolean()
                        ? List.of("    - mountPath: " + mount.get(1), "      name: " + mount.getFirst())
                        : List.of(
                                "    - name: " + mount.getFirst(),
                                "      # somebody's",
                                "      mountPath: \"" + mount.get(1) + '"',
                                "      readOnly: false")));
        return lines;
    }

    private static List<String> volumeLines(List<List<String>> mounts, Random random) {
        var lines = new ArrayList<String>();
        mounts.forEach(mount -> lines.addAll(
                random.nextBoolean()
                        ? List.of("  - hostPath:", "      path: " + mount.get(2), "    name: " + mount.getFirst())
                        : List.of(
                                "  - name: " + mount.getFirst() + " # somebody's",
                                "    hostPath: {path: " + mount.get(2) + ", type: DirectoryOrCreate}")));
        return lines;
    }
}
