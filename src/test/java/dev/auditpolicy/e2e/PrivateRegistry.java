package dev.auditpolicy.e2e;

import dev.auditpolicy.lab.Lab;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/** A registry on the node that requires a login, with the image of the operator. It ends with the node's power. */
record PrivateRegistry(Lab lab, String node) {

    static final String USER = "lab";

    /** Only for the registry of a test. */
    static final String PASSWORD = "lab";

    /** containerd connects to registries of this host without TLS. */
    static final String HOST = "localhost:5000";

    private static final String IMAGE = "auditpolicy.dev/operator:0.1.0";
    private static final String PUSHED = HOST + "/platform/auditpolicy-operator:0.1.0";
    private static final String DIRECTORY = "/run/registry";

    /** bcrypt of {@link #PASSWORD}. */
    private static final String HTPASSWD = USER + ":$2b$04$7TOFAO/oy6MGSikfbM9JLOtFKtdAF8yPpV.xX6lH8QzFKVtfdq3aW";

    private static final String CONFIGURATION = """
            version: 0.1
            storage: {filesystem: {rootdirectory: %1$s/data}}
            http: {addr: "127.0.0.1:5000"}
            auth: {htpasswd: {realm: lab, path: %1$s/htpasswd}}
            """.formatted(DIRECTORY);

    /** Starts it, moves the image there, and removes it from the node. */
    void start() {
        run("mkdir -p " + DIRECTORY);
        lab.execWithInput(node, HTPASSWD + "\n", "sh", "-c", "cat > " + DIRECTORY + "/htpasswd");
        lab.execWithInput(node, CONFIGURATION, "sh", "-c", "cat > " + DIRECTORY + "/config.yml");
        run("setsid docker-registry serve " + DIRECTORY + "/config.yml < /dev/null > /var/log/registry.log 2>&1 &");
        Awaitility.await("the registry serves")
                .atMost(Duration.ofSeconds(30))
                .until(() -> run("curl -so /dev/null -w '%{http_code}' http://" + HOST + "/v2/ || true")
                        .equals("401"));
        lab.importImage(Path.of(System.getProperty("auditpolicy.image.tar")));
        run("ctr -n k8s.io images tag " + IMAGE + " " + PUSHED);
        run("ctr -n k8s.io images push --plain-http --user " + USER + ":" + PASSWORD + " " + PUSHED);
        run("ctr -n k8s.io images rm --sync " + IMAGE + " " + PUSHED);
    }

    /** What kubelet has recorded about the pulls of images. */
    String pullRecords() {
        return run("cat /var/lib/kubelet/image_manager/pulled/*");
    }

    String run(String script) {
        return lab.exec(node, "sh", "-c", script);
    }
}
