package dev.auditpolicy.lab;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A running control plane of one or three nodes, {@code cp1} to {@code cp3}, made by kubeadm on this machine. Needs
 * root. Every method throws {@link LabException}, with all that the command printed, when it fails.
 */
public final class Lab {

    /** A first start builds Kubernetes, which takes minutes. */
    private static final Duration LIMIT = Duration.ofMinutes(30);

    /** The script's own exit code for what makes no sense, an unknown node for instance. */
    private static final int REFUSED = 1;

    private final LabScript script;

    private Lab(LabScript script) {
        this.script = script;
    }

    /**
     * A healthy control plane of so many nodes: the one that is there, with whatever earlier tests left in it, or a new
     * one in place of another or a broken one.
     *
     * @param nodes 1 or 3
     */
    public static Lab start(int nodes) {
        Lab lab = onThisMachine();
        lab.lab("up", Integer.toString(nodes));
        return lab;
    }

    /** As {@link #start}, but never the one that is there. */
    public static Lab startAnew(int nodes) {
        onThisMachine().stop();
        return start(nodes);
    }

    private static Lab onThisMachine() {
        return new Lab(new LabScript(Path.of("src/lab/lab"), LIMIT));
    }

    /** Removes the control plane, its nodes' disks included. */
    public void stop() {
        lab("down");
    }

    /** Names of the nodes, in their order. */
    public List<String> nodes() {
        return lab("nodes").lines().toList();
    }

    /** The kube-apiserver of one node, past the load balancer. */
    public URI apiAddress(String node) {
        return URI.create("https://" + lab("node-ip", node).strip() + ":6443");
    }

    /** Whether the node's own kube-apiserver answers 200 at /readyz; false also when nothing answers. */
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

    /** Of the cluster's administrator, through the load balancer; usable on this machine. */
    public Path kubeconfig() {
        return Path.of(lab("kubeconfig").strip());
    }

    /** Runs kubectl as the cluster's administrator and returns what it printed. */
    public String kubectl(String... arguments) {
        return kubectlWithInput("", arguments);
    }

    /** As {@link #kubectl}, with standard input: for {@code apply -f -}. */
    public String kubectlWithInput(String input, String... arguments) {
        return script.run(input, command(List.of("kubectl"), arguments));
    }

    /** Runs a command as root in all namespaces of the node and returns what it printed. */
    public String exec(String node, String... command) {
        return execWithInput(node, "", command);
    }

    /** As {@link #exec}, with standard input. */
    public String execWithInput(String node, String input, String... command) {
        return script.run(input, command(List.of("exec", node, "--"), command));
    }

    /** The whole text of a file as the node sees it. */
    public String readFile(String node, String path) {
        return exec(node, "cat", "--", path);
    }

    /** Replaces a file's text in place, as an editor that keeps owner and mode does. */
    public void writeFile(String node, String path, String text) {
        execWithInput(node, text, "sh", "-c", "cat > \"$0\"", path);
    }

    /** Puts the images of a docker-archive or OCI tar on every node. */
    public void importImage(Path tar) {
        lab("import-image", tar.toString());
    }

    /** Has kubelet replace the node's kube-apiserver by one of another version, such as "1.35.4". */
    public void useApiServer(String node, String version) {
        lab("api-server", node, version);
    }

    /** SIGKILL for every process of the node at once. Its disk stays as it is; its address answers nothing. */
    public void powerCut(String node) {
        lab("power-cut", node);
    }

    /** Starts a node again after {@link #powerCut}; returns as soon as its containerd runs. */
    public void powerOn(String node) {
        lab("power-on", node);
    }

    /** How the load balancer finds out that a kube-apiserver is out of service. */
    public enum Checks {
        /** Every 0.5 s; a connection that fails is tried on another node. */
        QUICK,
        /** Every 10 s, twice; a connection that fails has failed. */
        SLOW
    }

    /** Restarts the load balancer; connections through it end. */
    public void balance(Checks checks) {
        lab("balancer", checks.name().toLowerCase(Locale.ROOT));
    }

    /** Begins a command in the node's network, with this machine's files and programs. */
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
