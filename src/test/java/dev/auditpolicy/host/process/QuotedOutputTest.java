package dev.auditpolicy.host.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuotedOutputTest {

    private static final int LIMIT = 1000;

    /** The credential of each is {@code SeCrEt1} and what follows it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Bearer SeCrEt1.x",
                "{\"Authorization\":[\"Bearer SeCrEt1x\"]}",
                "authorization: SeCrEt1",
                "request with bearer SeCrEt1-and-more",
                "basic SeCrEt1dXNlcjpw",
                "dial https://admin:SeCrEt1@etcd.example.com:2379 refused",
                "http://SeCrEt1@[::1]:2379",
                "-----BEGIN RSA PRIVATE KEY-----\nSeCrEt1\nSeCrEt1==\n-----END RSA PRIVATE KEY----- loaded",
                "key \"-----BEGIN PRIVATE KEY-----\\nSeCrEt1\\n",
                "--token=SeCrEt1",
                "bearerToken: \"SeCrEt1\"",
                "password: SeCrEt1",
                "{Name:key1 Secret:SeCrEt1}",
                "  secret: SeCrEt1=",
                "{\"name\":\"key1\",\"secret\":\"SeCrEt1\"}",
                "err=\"{\\\"client-key-data\\\":\\\"SeCrEt1\\\"}\"",
                "apikey=SeCrEt1&x=1",
            })
    void removesACredential(String message) {
        assertThat(QuotedOutput.of(message, LIMIT)).doesNotContain("SeCrEt1").contains("[redacted]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJzeXN0ZW06c2VydmljZWFjY291bnQ6a3ViZS1zeXN0ZW06eCJ9.c2lnbmF0dXJl",
                "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ",
                "07401b.f395accd246ae52d",
                "3q2+7wABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhs=",
                "AAECAwQFBgcICQoLDA0ODxAREhMUFRYX",
                "Zm9vYmFy0123456789abcdefABCDEF_-0123456789",
            })
    void removesATokenWithoutAName(String token) {
        assertThat(QuotedOutput.of("cannot use \"" + token + "\": unknown key", LIMIT))
                .isEqualTo("cannot use \"[redacted]\": unknown key");
    }

    /** One of 24 bytes has no padding, and is recognized only if it has a digit. */
    @ParameterizedTest
    @ValueSource(ints = {16, 32})
    void removesEachKey(int size) {
        var random = new Random(3);
        for (int round = 0; round < 1000; round++) {
            var bytes = new byte[size];
            random.nextBytes(bytes);
            var key = Base64.getEncoder().encodeToString(bytes);

            assertThat(QuotedOutput.of("invalid key " + key + " at index 1", LIMIT))
                    .isEqualTo("invalid key [redacted] at index 1");
        }
    }

    /** Messages of kube-apiserver. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "loading audit policy file: rules[0].level: Unsupported value: \"Metadat\": supported values: \"None\"",
                "rules[0].resources[0].resources: Invalid value: \"serviceaccounts/token\": must not be repeated",
                "rules[1].resources[0].resources: Invalid value: \"secrets\": wildcard is not allowed",
                "E0101 00:00:00.2 1 run.go:72] \"command failed\" err=\"open /etc/kubernetes/pki/apiserver-etcd-client.key: no such"
                        + " file\"",
                "ensure directory failed: mkdir /var/log/kubernetes/blocked/Audit2: operation not permitted",
                "unknown flag: --authorization-colour",
                "error reading /var/lib/kubelet/pods/0123456789abcdef0123456789abcdef/volumes: not found",
                "sha256:dfb9f9e4e5a8a9b1c8d9a0f0e1d2c3b4a5968778695a4b3c2d1e0f9a8b7c6d5e has another digest",
                "Unable to authenticate the request: invalid bearer token",
            })
    void keepsOtherMessages(String message) {
        assertThat(QuotedOutput.of(message, LIMIT)).isEqualTo(message);
    }

    @Test
    void isOneLineWithoutControlCharacters() {
        assertThat(QuotedOutput.of("one\n2026-01-01 INFO forged\u001b[2J\u2028\u202etwo", LIMIT))
                .isEqualTo("one 2026-01-01 INFO forged [2J two");
    }

    @Test
    void cutsAfterItHasRemovedCredentials() {
        var message = "x".repeat(LIMIT - 20) + " eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJzeXN0ZW06c2VydmljZWFjY291bnQ";

        assertThat(QuotedOutput.of(message, LIMIT)).endsWith(" [redacted]");
    }

    @Test
    void readsAMessageOfAMegabyte() {
        var token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0";

        assertThat(QuotedOutput.of((token + " and \"x\\\"y\" ").repeat(20_000), LIMIT))
                .doesNotContain("eyJ")
                .endsWith("[cut]");
    }
}
