package dev.auditpolicy.webhook.kubeconfig;

import dev.auditpolicy.pem.CertificatesPem;
import dev.auditpolicy.webhook.entry.Entry;
import dev.auditpolicy.webhook.entry.Material;
import dev.auditpolicy.webhook.entry.SecretFiles;
import dev.auditpolicy.webhook.sink.ClientIdentity;
import dev.auditpolicy.webhook.sink.TlsSettings;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads by what kube-apiserver checks the server. */
final class TlsReader {

    static final String AUTHORITY = "certificate-authority";
    static final String INSECURE = "insecure-skip-tls-verify";
    static final String SERVER_NAME = "tls-server-name";

    private final Entry cluster;
    private final SecretFiles files;
    private final Instant now;

    TlsReader(Entry cluster, SecretFiles files, Instant now) {
        this.cluster = cluster;
        this.files = files;
        this.now = now;
    }

    /** The certificates of the server's authorities. */
    Optional<Material> authorities() {
        if (Material.isNamed(cluster, AUTHORITY) && cluster.flag(INSECURE)) {
            cluster.problems()
                    .refuse(
                            cluster.path(INSECURE),
                            "true",
                            "kube-apiserver does not start: \"specifying a root certificates file with the insecure flag is not"
                                    + " allowed\"",
                            "remove " + INSECURE + ", so that the certificate of the receiver is checked");
        }
        Optional<Material> material = Material.read(cluster, AUTHORITY, files);
        material.ifPresent(this::check);
        return material;
    }

    private void check(Material authorities) {
        if (authorities.content().length == 0) {
            cluster.problems()
                    .refuse(
                            authorities.field(),
                            authorities.key().orElse(""),
                            "the file is empty: kube-apiserver starts, uses the roots of the system instead, and loses every"
                                    + " batch if none of them has signed the certificate of the receiver",
                            "put the PEM certificate of the authority into the file, or remove the field");
            return;
        }
        List<X509Certificate> certificates =
                CertificatesPem.read(authorities.content()).certificates();
        if (certificates.isEmpty()) {
            cluster.problems()
                    .refuse(
                            authorities.field(),
                            authorities.key().orElse(""),
                            "kube-apiserver does not start: \"unable to load root certificates: unable to parse bytes as PEM"
                                    + " block\"",
                            "use the certificate of the authority in PEM, which begins with -----BEGIN CERTIFICATE-----");
            return;
        }
        var validity = new Validity(now, cluster.problems());
        validity.ofAuthorities(authorities.field(), certificates);
    }

    TlsSettings settings(Optional<Material> authorities, Optional<ClientIdentity> client) {
        return new TlsSettings(
                authorities
                        .map(material ->
                                CertificatesPem.read(material.content()).certificates())
                        .orElse(List.of()),
                client,
                cluster.text(SERVER_NAME),
                cluster.flag(INSECURE));
    }

    /** TLS settings of a server without TLS. */
    void compareWith(ServerAddress server) {
        boolean meantTls = Material.isNamed(cluster, AUTHORITY)
                || cluster.flag(INSECURE)
                || cluster.text(SERVER_NAME).isPresent();
        if (server.isTls()) {
            if (cluster.flag(INSECURE)) {
                cluster.problems()
                        .warn(
                                cluster.path(INSECURE),
                                "true",
                                "anyone on the way can pose as the receiver and read all events",
                                "remove it, and set " + AUTHORITY);
            }
        } else if (meantTls && !server.hasScheme()) {
            cluster.problems()
                    .refuse(
                            server.field(),
                            server.shown(),
                            "without a scheme, kube-apiserver uses http although the cluster has TLS settings: a receiver that"
                                    + " expects TLS gets nothing, and every batch is lost",
                            "write https:// in front of the host");
        } else if (meantTls) {
            cluster.problems()
                    .warn(
                            server.field(),
                            server.shown(),
                            "over http, kube-apiserver ignores the TLS settings of the cluster, and events are not encrypted",
                            "use https://, or remove " + AUTHORITY + ", " + INSECURE + " and " + SERVER_NAME);
        }
    }
}
