package dev.auditpolicy.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelfSignedCertificateTest {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final X500Principal NAME = new X500Principal("CN=auditpolicy-agent");

    @Test
    void isSignedByItsOwnKey() throws GeneralSecurityException {
        var certificate = of("192.0.2.1").certificate();

        certificate.verify(certificate.getPublicKey());
        assertThat(certificate.getIssuerX500Principal()).isEqualTo(NAME);
        assertThat(certificate.getSubjectX500Principal()).isEqualTo(NAME);
        assertThat(certificate.getVersion()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "2001:db8:0:0:0:0:0:1"})
    void isForTheAddress(String address) throws GeneralSecurityException {
        assertThat(of(address).certificate().getSubjectAlternativeNames()).containsExactly(List.of(7, address));
    }

    @Test
    void isValidOnAClientWhoseClockIsBehind() throws GeneralSecurityException {
        var certificate = of("192.0.2.1").certificate();

        certificate.checkValidity(Date.from(NOW.minus(Duration.ofMinutes(30))));
        certificate.checkValidity(Date.from(NOW.plus(Duration.ofDays(3649))));
    }

    private static SelfSignedCertificate of(String address) {
        return SelfSignedCertificate.of(NAME, InetAddress.ofLiteral(address), NOW);
    }
}
