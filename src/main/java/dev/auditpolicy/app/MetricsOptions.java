package dev.auditpolicy.app;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the agent serves its metrics, and to whom. */
final class MetricsOptions {

    @Option(
            names = "--metrics-bind-address",
            defaultValue = "${env:METRICS_BIND_ADDRESS}",
            converter = BindAddress.Converter.class,
            paramLabel = "HOST:PORT",
            description = "Address for /metrics and /healthz: HOST:PORT, :PORT for all addresses of the node, or 0 to"
                    + " disable (default: environment variable METRICS_BIND_ADDRESS, or else port "
                    + BindAddress.DEFAULT_PORT + " of the host address).")
    private @Nullable BindAddress bindAddress;

    @Option(
            names = "--metrics-authentication",
            defaultValue = "${env:METRICS_AUTHENTICATION:-None}",
            paramLabel = "MODE",
            description = "Who may read /metrics: None for HTTP without authentication; Token for HTTPS, and a bearer"
                    + " token whose account may get the nonResourceURL /metrics (default: environment variable"
                    + " METRICS_AUTHENTICATION, or else None). /healthz needs no token.")
    private MetricsAuthentication authentication;

    @Option(
            names = "--metrics-tls-cert-file",
            defaultValue = "${env:METRICS_TLS_CERT_FILE:-" + Option.NULL_VALUE + "}",
            paramLabel = "FILE",
            description = "With Token: certificate chain in PEM, read again when it changes (default: environment"
                    + " variable METRICS_TLS_CERT_FILE, or else a self-signed certificate).")
    private @Nullable Path certificate;

    @Option(
            names = "--metrics-tls-private-key-file",
            defaultValue = "${env:METRICS_TLS_PRIVATE_KEY_FILE:-" + Option.NULL_VALUE + "}",
            paramLabel = "FILE",
            description = "Private key of the certificate in PEM (default: environment variable"
                    + " METRICS_TLS_PRIVATE_KEY_FILE).")
    private @Nullable Path privateKey;

    /** Empty if there is to be no server. */
    Optional<InetSocketAddress> address(String hostAddress) {
        return Optional.ofNullable(bindAddress)
                .orElseGet(() -> BindAddress.on(hostAddress))
                .socket();
    }

    /** @throws IllegalArgumentException if the options contradict each other */
    void check() {
        if ((certificate == null) != (privateKey == null)) {
            throw new IllegalArgumentException(
                    "--metrics-tls-cert-file and --metrics-tls-private-key-file need each other");
        }
        if (certificate != null && authentication == MetricsAuthentication.None) {
            throw new IllegalArgumentException(
                    "--metrics-tls-cert-file has no effect without --metrics-authentication=Token");
        }
    }

    /** Refers to no class that only authentication needs but to {@link TokenSecurity}, so that the JVM loads none of them. */
    MetricsSecurity security(KubernetesClient client, String hostAddress) {
        if (authentication == MetricsAuthentication.None) {
            return new MetricsSecurity.None();
        }
        return certificate == null || privateKey == null
                ? TokenSecurity.selfSigned(client, hostAddress)
                : TokenSecurity.withFiles(client, certificate, privateKey);
    }
}
