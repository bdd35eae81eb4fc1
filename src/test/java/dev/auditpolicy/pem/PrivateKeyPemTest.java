package dev.auditpolicy.pem;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auditpolicy.webhook.TestAuthority;
import java.io.StringWriter;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.stream.Stream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the keys that Bouncy Castle writes. */
final class PrivateKeyPemTest {

    private static final KeyPair RSA = TestAuthority.newKey("RSA");
    private static final KeyPair EC = TestAuthority.newKey("EC");
    private static final KeyPair ED25519 = TestAuthority.newKey("Ed25519");

    static Stream<Arguments> forms() {
        return Stream.of(
                Arguments.of("PKCS#8 RSA", RSA, TestAuthority.pkcs8(RSA.getPrivate())),
                Arguments.of("PKCS#8 EC", EC, TestAuthority.pkcs8(EC.getPrivate())),
                Arguments.of("PKCS#8 Ed25519", ED25519, TestAuthority.pkcs8(ED25519.getPrivate())),
                Arguments.of("PKCS#1 RSA", RSA, TestAuthority.pem(RSA.getPrivate())),
                Arguments.of("SEC 1 EC", EC, TestAuthority.pem(EC.getPrivate())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forms")
    void readsTheKey(String form, KeyPair keys, byte[] pem) throws GeneralSecurityException {
        assertThat(PrivateKeyPem.match(keys.getPublic(), PrivateKeyPem.read(pem)))
                .isTrue();
    }

    /** openssl ecparam -genkey writes the curve in a block of its own in front of the key. */
    @Test
    void readsAKeyBehindItsParameters() throws GeneralSecurityException {
        var pem = "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"
                + new String(TestAuthority.pem(EC.getPrivate()), US_ASCII);

        assertThat(PrivateKeyPem.match(EC.getPublic(), PrivateKeyPem.read(pem.getBytes(US_ASCII))))
                .isTrue();
    }

    @Test
    void aKeyMatchesNoOtherOfItsKind() {
        assertThat(PrivateKeyPem.match(TestAuthority.newKey("EC").getPublic(), EC.getPrivate()))
                .isFalse();
    }

    @Test
    void aKeyMatchesNoneOfAnotherKind() {
        assertThat(PrivateKeyPem.match(RSA.getPublic(), EC.getPrivate())).isFalse();
    }

    @Test
    void anEncryptedKeyIsNamedAsSuch() throws Exception {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(
                    RSA.getPrivate(),
                    new JcePEMEncryptorBuilder("AES-128-CBC")
                            .setProvider(new BouncyCastleProvider())
                            .build("password".toCharArray()));
        }

        assertThatThrownBy(() -> PrivateKeyPem.read(text.toString().getBytes(US_ASCII)))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessage("the key is encrypted with a password");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no PEM",
                "-----BEGIN EC PRIVATE KEY-----\nMAA=\n-----END EC PRIVATE KEY-----",
                "-----BEGIN EC PRIVATE KEY-----\nMIM=\n-----END EC PRIVATE KEY-----",
                "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\n=\n-----END PRIVATE KEY-----"
            })
    void rejectsWhatIsNoKey(String pem) {
        assertThatThrownBy(() -> PrivateKeyPem.read(pem.getBytes(US_ASCII)))
                .isInstanceOf(GeneralSecurityException.class);
    }
}
