package dev.auditpolicy.webhook.kubeconfig;

import dev.auditpolicy.pem.CertificatesPem;
import dev.auditpolicy.pem.PrivateKeyPem;
import dev.auditpolicy.webhook.entry.Entry;
import dev.auditpolicy.webhook.entry.Material;
import dev.auditpolicy.webhook.entry.SecretFiles;
import dev.auditpolicy.webhook.sink.ClientIdentity;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Reads the client certificate and its key. */
record ClientIdentityReader(Entry user, SecretFiles files, Instant now) {

    private static final String CERTIFICATE = "client-certificate";
    private static final String KEY = "client-key";

    Optional<ClientIdentity> read(Set<String> rereadKeys) {
        if (Material.isNamed(user, CERTIFICATE) != Material.isNamed(user, KEY)) {
            boolean hasKey = Material.isNamed(user, KEY);
            user.problems()
                    .refuse(
                            user.path(hasKey ? KEY : CERTIFICATE),
                            "",
                            hasKey
                                    ? "without a client certificate, kube-apiserver ignores the key"
                                    : "kube-apiserver does not start: \"client-key-data or client-key must be specified to use"
                                            + " the clientCert authentication method\"",
                            hasKey ? "set client-certificate as well" : "set client-key as well");
            return Optional.empty();
        }
        Optional<Material> certificate = Material.read(user, CERTIFICATE, files);
        Optional<Material> key = Material.read(user, KEY, files);
        certificate.flatMap(Material::key).ifPresent(rereadKeys::add);
        key.flatMap(Material::key).ifPresent(rereadKeys::add);
        return certificate.flatMap(chain -> key.flatMap(own -> pair(chain, own)));
    }

    private Optional<ClientIdentity> pair(Material certificate, Material key) {
        var chain = CertificatesPem.read(certificate.content()).certificates();
        if (chain.isEmpty()) {
            user.problems()
                    .refuse(
                            certificate.field(),
                            certificate.key().orElse(""),
                            "there is no certificate in PEM: \"tls: failed to find any PEM data in certificate input\"",
                            "use a certificate in PEM, which begins with -----BEGIN CERTIFICATE-----");
        }
        Optional<PrivateKey> parsed = key(key);
        if (chain.isEmpty() || parsed.isEmpty()) {
            return Optional.empty();
        }
        new Validity(now, user.problems()).ofClient(certificate.field(), chain.getFirst());
        if (!PrivateKeyPem.match(chain.getFirst().getPublicKey(), parsed.get())) {
            user.problems()
                    .refuse(
                            key.field(),
                            key.key().orElse(""),
                            "the key is not that of the certificate: kube-apiserver starts, and then loses every batch: \"tls:"
                                    + " private key does not match public key\"",
                            "use the key that belongs to the certificate, and put the client's certificate first in its"
                                    + " file");
        }
        return Optional.of(new ClientIdentity(chain, parsed.get()));
    }

    private Optional<PrivateKey> key(Material key) {
        try {
            return Optional.of(PrivateKeyPem.read(key.content()));
        } catch (GeneralSecurityException unusable) {
            user.problems()
                    .refuse(
                            key.field(),
                            key.key().orElse(""),
                            unusable.getMessage() + ": kube-apiserver cannot use it",
                            "use the key in PEM without a password, such as openssl pkcs8 -topk8 -nocrypt writes it");
            return Optional.empty();
        }
    }
}
