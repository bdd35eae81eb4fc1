package dev.auditpolicy.cli.enroll;

import dev.auditpolicy.cli.kubectl.KubectlException;
import dev.auditpolicy.cli.kubectl.KubectlOptions;
import dev.auditpolicy.identity.AgentIdentity;
import dev.auditpolicy.identity.AgentKubeconfig;
import dev.auditpolicy.identity.CertificateRequest;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Gives the agent of a host its identity. */
@Command(
        name = "enroll",
        description =
                "Enroll a control-plane host that has no kubelet: write the kubeconfig of its agent. Uses kubectl and needs"
                        + " the rights to create and approve a CertificateSigningRequest.",
        mixinStandardHelpOptions = true)
public final class EnrollCommand implements Callable<Integer> {

    /** kube-controller-manager signs in less than a second. */
    private static final int ATTEMPTS = 60;

    private static final Duration INTERVAL = Duration.ofMillis(500);

    /** Where the service of the agent expects the file. Only root may enter the directory. */
    private static final String ON_HOST = "/etc/auditpolicy/agent.kubeconfig";

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "HOST", description = "Host name of kube-apiserver, as its identity Lease has it.")
    private String host;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "File to write, with mode 0600 (default: HOST.kubeconfig). It must not exist.")
    private @Nullable Path output;

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "Address of the API server for the agent (default: the one in your kubeconfig).")
    private @Nullable String server;

    @Mixin
    private KubectlOptions access;

    @Option(names = "--remove", description = "End the enrollment: the host gets no new certificate and no AuditNode.")
    private boolean remove;

    @Override
    public Integer call() {
        var identity = AgentIdentity.ofHost(host)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "'" + host + "' cannot be the name of an AuditNode: a name consists of letters, digits, '-'"
                                + " and '.', with 63 characters at most; rename the host"));
        if (server != null && !server.startsWith("https://")) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--server " + server + ": the address begins with https://, such as https://"
                            + server.replaceFirst("^[a-z]+://", ""));
        }
        var cluster = new ClusterAccess(access.kubectl());
        try {
            if (remove) {
                remove(cluster, identity);
            } else {
                enroll(cluster, identity);
            }
            return ExitCode.OK;
        } catch (EnrollmentException | KubectlException failure) {
            spec.commandLine().getErr().println("error: " + failure.getMessage());
            return ExitCode.SOFTWARE;
        }
    }

    private void enroll(ClusterAccess cluster, AgentIdentity identity) {
        var apiServer = cluster.cluster();
        if (server != null) {
            apiServer.put("server", server);
        }
        if (cluster.controlPlaneNodes().contains(identity.host())) {
            throw new EnrollmentException("the control plane has a Node with the host name " + identity.host()
                    + ", whose agent is a pod of the DaemonSet: it needs no enrollment, and a second agent would write the"
                    + " same AuditNode");
        }
        warnOfUnknownHost(cluster, identity);
        var file = new SecretFile(output == null ? Path.of(identity.host() + ".kubeconfig") : output);
        file.create();
        var isWritten = false;
        try {
            var key = CertificateRequest.newKey();
            var request = cluster.request(identity, CertificateRequest.pem(identity, key));
            cluster.approve(request);
            var written = AgentKubeconfig.of(apiServer, identity, await(cluster, request), key.getPrivate());
            file.write(written.yaml());
            isWritten = true;
            var certificate = written.certificate();
            cluster.enroll(identity, certificate.getNotBefore().toInstant().toString());
            report(identity, file, certificate.getNotAfter().toInstant().toString());
        } finally {
            if (!isWritten) {
                file.delete();
            }
        }
    }

    private void warnOfUnknownHost(ClusterAccess cluster, AgentIdentity identity) {
        var known = cluster.apiServerHosts();
        if (!known.contains(identity.host())) {
            spec.commandLine()
                    .getErr()
                    .println("warning: no kube-apiserver has a Lease with the host name " + identity.host()
                            + "; there are: " + String.join(", ", known));
        }
    }

    private static String await(ClusterAccess cluster, String request) {
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            var certificate = cluster.certificate(request);
            if (certificate.isPresent()) {
                return certificate.get();
            }
            sleep();
        }
        throw new EnrollmentException("the request " + request + " is approved, but was not signed within "
                + INTERVAL.multipliedBy(ATTEMPTS).toSeconds() + " s: kube-controller-manager signs it if it runs with"
                + " --cluster-signing-cert-file and --cluster-signing-key-file");
    }

    private static void sleep() {
        try {
            Thread.sleep(INTERVAL);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new EnrollmentException("interrupted while waiting for the certificate");
        }
    }

    private void report(AgentIdentity identity, SecretFile file, String validUntil) {
        out().println("host " + identity.host() + " is enrolled; the certificate in " + file.path() + " is valid until "
                + validUntil + ", and its agent renews it");
        out().println(
                        "next: copy the file to the host, start the agent there once it is installed, and remove the file here:");
        out().println("  ssh root@" + host + " 'install -d -m 0700 /etc/auditpolicy && umask 077 && cat > " + ON_HOST
                + "' < " + file.path());
        out().println("  ssh root@" + host
                + " 'systemctl enable auditpolicy-agent && systemctl restart auditpolicy-agent'");
        out().println("  rm " + file.path());
        out().println("then: kubectl get auditnode " + identity.host() + " (within a minute)");
    }

    private void remove(ClusterAccess cluster, AgentIdentity identity) {
        var enrolled = cluster.enrolledHosts();
        if (!enrolled.contains(identity.host())) {
            throw new EnrollmentException(
                    "host " + identity.host() + " is not enrolled; enrolled are: " + String.join(", ", enrolled));
        }
        cluster.remove(identity);
        out().println("host " + identity.host() + " is not enrolled any more: its AuditNode goes within a minute, its"
                + " certificate is not renewed, and until it expires its agent can only read and write Events");
        out().println("next: run auditpolicy restore on the host, and stop its agent");
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
