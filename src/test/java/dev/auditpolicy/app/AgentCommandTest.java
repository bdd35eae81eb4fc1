package dev.auditpolicy.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class AgentCommandTest {

    @Test
    void needsAPodOrAKubeconfig() {
        assertThat(run("agent", "--node-name=cp1")).contains("--pod-name in a pod, or --kubeconfig on a host");
    }

    @Test
    void saysHowToGetTheKubeconfigOfAHost() {
        assertThat(run("agent", "--host=cp1", "--kubeconfig=/nowhere/kubeconfig"))
                .contains("/nowhere/kubeconfig", "auditpolicy enroll cp1");
    }

    @Test
    void needsTheKeyOfACertificate() {
        assertThat(run(
                        "agent",
                        "--node-name=cp1",
                        "--kubeconfig=/nowhere/kubeconfig",
                        "--metrics-authentication=Token",
                        "--metrics-tls-cert-file=tls.crt"))
                .contains("--metrics-tls-cert-file and --metrics-tls-private-key-file need each other");
    }

    @Test
    void doesNotServeInPlainHttpWhatIsMeantToBeHttps() {
        assertThat(run(
                        "agent",
                        "--node-name=cp1",
                        "--kubeconfig=/nowhere/kubeconfig",
                        "--metrics-tls-cert-file=tls.crt",
                        "--metrics-tls-private-key-file=tls.key"))
                .contains("--metrics-authentication=Token");
    }

    private static String run(String... arguments) {
        var error = new StringWriter();
        Main.commandLine().setErr(new PrintWriter(error, true)).execute(arguments);
        return error.toString();
    }
}
