package dev.auditpolicy.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateKeyPemTest {

    @ParameterizedTest
    @CsvSource({"RSA,2048", "EC,256", "EC,384", "Ed25519,255"})
    void readsPkcs8(String algorithm, int size) throws GeneralSecurityException {
        var key = key(algorithm, size);

        assertThat(PrivateKeyPem.read(Pem.of(key))).isEqualTo(key);
    }

    /** The JDK has the older form inside of PKCS#8: version, algorithm, key. */
    @Test
    void readsTheOlderFormOfRsa() throws GeneralSecurityException {
        var key = key("RSA", 2048);
        var inner = Der.contents(Der.children(key.getEncoded()).get(2));

        assertThat(PrivateKeyPem.read(Pem.of("RSA PRIVATE KEY", inner))).isEqualTo(key);
    }

    /** openssl writes the curve into the key, and a block of parameters before it. */
    @Test
    void readsTheOlderFormOfEllipticCurves() throws GeneralSecurityException {
        var key = key("EC", 256);
        var parts = Der.children(key.getEncoded());
        var curve = Der.children(parts.get(1)).get(1);
        var inner = Der.children(Der.contents(parts.get(2)));
        var withCurve = Der.element(Der.SEQUENCE, inner.get(0), inner.get(1), Der.element(Der.FIRST_OPTION, curve));

        var read = PrivateKeyPem.read(Pem.of("EC PARAMETERS", curve) + Pem.of("EC PRIVATE KEY", withCurve));

        assertThat(read)
                .asInstanceOf(type(ECPrivateKey.class))
                .extracting(ECPrivateKey::getS)
                .isEqualTo(((ECPrivateKey) key).getS());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAA=\n-----END ENCRYPTED PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n",
                "-----BEGIN EC PRIVATE KEY-----\nMAA=\n-----END EC PRIVATE KEY-----\n"
            })
    void refusesWhatIsNoKey(String pem) {
        assertThatExceptionOfType(InvalidKeyException.class).isThrownBy(() -> PrivateKeyPem.read(pem));
    }

    private static PrivateKey key(String algorithm, int size) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(size);
        return generator.generateKeyPair().getPrivate();
    }
}
