package dev.auditpolicy.lab;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A running control plane of one or three nodes, {@code cp1} to {@code cp3}, on this machine. Requires root. Every method throws
 * {@link LabException}, with the output of the command, when it fails.
 */
public final class Lab {

    /** A first start builds Kubernetes, which takes minutes. */
    private static final Duration LIMIT = Duration.ofMinutes(30);

    /** A fault is injected by a command that waits up to 5 minutes for its moment. */
    private static final Duration COMMAND_LIMIT = Duration.ofMinutes(6);

    /** The script's exit code for invalid arguments, for example an unknown node. */
    private static final int REFUSED = 1;

    private final LabScript script;
    private final LabScript commands;

    private Lab(Path path) {
        this.script = new LabScript(path, LIMIT, Map.of());
        this.commands = new LabScript(path, COMMAND_LIMIT, Map.of());
    }

    /** As {@link #start(int, LabHost)}, with {@link LabHost#KUBEADM}. */
    public static Lab start(int nodes) {
        return start(nodes, LabHost.KUBEADM);
    }

    /**
     * Reuses the lab that runs, in the state that earlier tests left, if it has this size, runs kube-apiserver in this way and is
     * healthy. Otherwise replaces it.
     *
     * @param nodes 1 or 3
     */
    public static Lab start(int nodes, LabHost host) {
        Lab lab = onThisMachine();
        List<String> command = new ArrayList<>(List.of("up", Integer.toString(nodes)));
        command.addAll(host.options());
        lab.script.run("", command);
        return lab;
    }

    /** As {@link #start}, but always makes a new lab. */
    public static Lab startAnew(int nodes) {
        return startAnew(nodes, LabHost.KUBEADM);
    }

    /** As {@link #start(int, LabHost)}, but always makes a new lab. */
    public static Lab startAnew(int nodes, LabHost host) {
        onThisMachine().stop();
        return start(nodes, host);
    }

    /** As {@link #startAnew(int)}, with another Kubernetes, for example "1.35.4". */
    public static Lab startAnew(int nodes, String version) {
        onThisMachine().stop();
        Lab lab = onThisMachine();
        lab.script.in(Map.of("LAB_VERSION", version)).run("", List.of("up", Integer.toString(nodes)));
        return lab;
    }

    private static Lab onThisMachine() {
        return new Lab(Path.of("src/lab/lab"));
    }

    /** Removes the control plane, its nodes' disks included. */
    public void stop() {
        lab("down");
    }

    /** Names of the nodes, in order. */
    public List<String> nodes() {
        return lab("nodes").lines().toList();
    }

    /** The kube-apiserver of one node, without the load balancer. */
    public URI apiAddress(String node) {
        return URI.create("https://" + lab("node-ip", node).strip() + ":6443");
    }

    /** Whether the node's kube-apiserver answers 200 at /readyz. */
    public boolean isReady(String node) {
        try {
            return lab("readyz", node).equals("ok");
        } catch (LabException e) {
            if (e.exitCode() == REFUSED) {
                throw e;
            }
            return false;
        }
    }

    /** The administrator's kubeconfig, through the load balancer. */
    public Path kubeconfig() {
        return Path.of(lab("kubeconfig").strip());
    }

    /** Runs kubectl as the cluster's administrator and returns its output. */
    public String kubectl(String... arguments) {
        return kubectlWithInput("", arguments);
    }

    /** As {@link #kubectl}, with standard input: for {@code apply -f -}. */
    public String kubectlWithInput(String input, String... arguments) {
        return commands.run(input, command(List.of("kubectl"), arguments));
    }

    /** Runs a command as root in all namespaces of the node and returns its output. */
    public String exec(String node, String... command) {
        return execWithInput(node, "", command);
    }

    /** As {@link #exec}, with standard input. */
    public String execWithInput(String node, String input, String... command) {
        return commands.run(input, command(List.of("exec", node, "--"), command));
    }

    /** The content of a file on the node. */
    public String readFile(String node, String path) {
        return exec(node, "cat", "--", path);
    }

    /** Replaces a file's content in place; owner and mode stay. */
    public void writeFile(String node, String path, String text) {
        execWithInput(node, text, "sh", "-c", "cat > \"$0\"", path);
    }

    /** Imports the images of a docker-archive or OCI tar on every node that has a kubelet. */
    public void importImage(Path tar) {
        lab("import-image", tar.toString());
    }

    /** As {@link #importImage(Path)}, on one node. */
    public void importImage(Path tar, String node) {
        lab("import-image", tar.toString(), node);
    }

    /** Imports the images of another version, for example "1.36.3", on every node; returns the path of its kubeadm on them. */
    public String importVersion(String version) {
        return lab("import-version", version).strip();
    }

    /** Removes the node from the cluster with {@code kubeadm reset}. Its Node stays, and what kubeadm did not make. */
    public void reset(String node) {
        lab("reset", node);
    }

    /** Another machine takes the place of the node: with the same name and address, and an empty disk. */
    public void replace(String node) {
        lab("replace", node);
    }

    /** Joins a node after {@link #reset} or {@link #replace} with {@code kubeadm join --control-plane}. */
    public void join(String node) {
        lab("join", node);
    }

    /** As {@link #join(String)}, with the patches in a directory on the node. */
    public void join(String node, String patches) {
        lab("join", node, patches);
    }

    /** Replaces the node's kube-apiserver with another version, for example "1.35.4". */
    public void useApiServer(String node, String version) {
        lab("api-server", node, version);
    }

    /** Kills every process of the node at once. Its disk stays; its address does not answer. */
    public void powerCut(String node) {
        lab("power-cut", node);
    }

    /** Starts a node again after {@link #powerCut}; returns as soon as its containerd, or the D-Bus of its systemd, runs. */
    public void powerOn(String node) {
        lab("power-on", node);
    }

    /** How the load balancer detects that a kube-apiserver is down. */
    public enum Checks {
        /** Every 0.5 s. A connection that fails is retried on another node. */
        QUICK,
        /** Two checks, 10 s apart. A connection that fails is not retried. */
        SLOW
    }

    /** Restarts the load balancer, which ends the connections through it. */
    public void balance(Checks checks) {
        lab("balancer", checks.name().toLowerCase(Locale.ROOT));
    }

    /** A command line that runs {@code command} in the node's network namespace, with this machine's files. */
    public List<String> inNetworkOf(String node, List<String> command) {
        List<String> whole =
                new ArrayList<>(List.of("nsenter", "--net=" + lab("netns", node).strip()));
        whole.addAll(command);
        return whole;
    }

    private String lab(String... arguments) {
        return script.run("", List.of(arguments));
    }

    private static List<String> command(List<String> start, String... rest) {
        List<String> command = new ArrayList<>(start);
        command.addAll(Arrays.asList(rest));
        return command;
    }
}
