package dev.auditpolicy.webhook.kubeconfig;

import dev.auditpolicy.webhook.entry.Problems;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/** When certificates are valid: kube-apiserver starts with one that is not, and then loses every batch. */
record Validity(Instant now, Problems problems) {

    private static final String LOST = "kube-apiserver starts, and then loses every batch";

    void ofAuthorities(String field, List<X509Certificate> certificates) {
        List<X509Certificate> invalid =
                certificates.stream().filter(Predicate.not(this::isValid)).toList();
        if (invalid.size() == certificates.size()) {
            problems.refuse(
                    field,
                    subject(invalid.getFirst()),
                    describe(invalid.getFirst()) + ", and no other authority is there: " + LOST,
                    "use the current certificate of the authority");
        } else if (!invalid.isEmpty()) {
            problems.warn(
                    field,
                    subject(invalid.getFirst()),
                    describe(invalid.getFirst()) + ", so only the other authorities count",
                    "remove it from the file");
        }
    }

    void ofClient(String field, X509Certificate certificate) {
        if (!isValid(certificate)) {
            problems.refuse(
                    field,
                    subject(certificate),
                    describe(certificate) + ": " + LOST + " if the receiver checks it",
                    "use a certificate that is valid now, as a file, which kube-apiserver rereads");
        }
    }

    private boolean isValid(X509Certificate certificate) {
        return !now.isBefore(certificate.getNotBefore().toInstant())
                && !now.isAfter(certificate.getNotAfter().toInstant());
    }

    private String describe(X509Certificate certificate) {
        return now.isAfter(certificate.getNotAfter().toInstant())
                ? "the certificate expired at " + certificate.getNotAfter().toInstant()
                : "the certificate is not valid before "
                        + certificate.getNotBefore().toInstant();
    }

    private static String subject(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }
}
