package dev.auditpolicy.webhook.kubeconfig;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.webhook.sink.SinkCredentials;
import dev.auditpolicy.webhook.sink.WebhookKubeconfig;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What kube-apiserver makes of kubeconfigs that it accepts. */
final class KubeconfigReaderTest {

    private static final Secrets SECRETS = new Secrets();
    private static final String ALL_FILES =
            "{client-certificate: client.crt, client-key: client.key, tokenFile: token}";

    private static WebhookKubeconfig read(String kubeconfig) {
        var reading = SECRETS.read(kubeconfig);
        assertThat(reading).isInstanceOf(KubeconfigReading.Usable.class);
        return ((KubeconfigReading.Usable) reading).kubeconfig();
    }

    private static WebhookKubeconfig read(String cluster, String user) {
        return read(Secrets.kubeconfig(cluster, user));
    }

    @ParameterizedTest
    @CsvSource({
        "https://sink, https://sink/",
        "https://sink:8443/a/b, https://sink:8443/a/b",
        "https://sink/audit/, https://sink/audit",
        "https://sink//a/./b/../c//, https://sink/a/c",
        "https://sink/a%20b%2Fc, https://sink/a%20b/c",
        "HTTPS://Sink/A, https://Sink/A",
        "sink:9880, http://sink:9880/",
        "http://u:p@sink, http://sink/",
        "https://[fd00::1]:8443/x, https://[fd00::1]:8443/x"
    })
    void requestsTheUrlAsClientGoDoes(String server, String requested) {
        assertThat(read("{server: '" + server + "'}", "{}").server()).hasToString(requested);
    }

    @ParameterizedTest
    @CsvSource({
        "https://Sink/a, Sink",
        "https://sink:443, sink:443",
        "sink:9880, sink:9880",
        "http://u:p@sink:1, sink:1"
    })
    void metricsHaveTheHostAsItIsWritten(String server, String host) {
        assertThat(read("{server: '" + server + "'}", "{}").metricsHost()).isEqualTo(host);
    }

    @Test
    void theTokenFileWinsOverTheToken() {
        assertThat(read("{server: 'https://sink'}", "{token: other, tokenFile: token}")
                        .credentials())
                .isEqualTo(new SinkCredentials.Token(Secrets.TOKEN, Optional.of("token")));
    }

    @Test
    void filesOfTheUserNeedNoRestart() {
        assertThat(read("{server: 'https://sink', certificate-authority: ca.crt}", ALL_FILES)
                        .keysWithoutRestart(35))
                .containsExactly("client.crt", "client.key", "token");
    }

    @Test
    void theFileWithTheAuthorityNeedsNoRestartSince136() {
        var kubeconfig = read("{server: 'https://sink', certificate-authority: ca.crt}", ALL_FILES);

        assertThat(kubeconfig.keysWithoutRestart(36)).contains("ca.crt");
        assertThat(kubeconfig.keysWithRestart(36)).containsExactly("kubeconfig");
        assertThat(kubeconfig.keysWithRestart(35)).containsExactly("ca.crt", "kubeconfig");
    }

    @Test
    void commentsAndOrderNeedNoRestart() {
        var written = Secrets.kubeconfig("{server: 'https://sink', certificate-authority: ca.crt}", ALL_FILES);
        var other =
                "# A comment\n" + Secrets.kubeconfig("{certificate-authority: ca.crt, server: https://sink}", ALL_FILES)
                        + "preferences: {}\n";

        assertThat(read(other).restartHash(36)).isEqualTo(read(written).restartHash(36));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{server: 'https://sink/a'}|{}",
                "{server: 'https://sink', tls-server-name: a}|{}",
                "{server: 'https://sink', certificate-authority: ca.crt}|{}",
                "{server: 'https://sink'}|{token: a}",
                "{server: 'https://sink'}|{tokenFile: token}",
                "{server: 'https://sink'}|{as: a}"
            })
    void anotherValueNeedsARestart(String cluster, String user) {
        assertThat(read(cluster, user).restartHash(36))
                .isNotEqualTo(read("{server: 'https://sink'}", "{}").restartHash(36));
    }

    @Test
    void aNewTokenNeedsNoRestartAndIsANewSecret() {
        var kubeconfig = Secrets.kubeconfig("{server: 'https://sink'}", "{tokenFile: token}");
        var before = read(kubeconfig);
        var after = changed(kubeconfig, "token", "new".getBytes(UTF_8));

        assertThat(after.restartHash(30)).isEqualTo(before.restartHash(30));
        assertThat(after.hashes().files()).isNotEqualTo(before.hashes().files());
    }

    @Test
    void aNewAuthorityFileNeedsARestartBefore136() {
        var kubeconfig = Secrets.kubeconfig("{server: 'https://sink', certificate-authority: ca.crt}", "{}");
        var before = read(kubeconfig);
        var after = changed(kubeconfig, "ca.crt", SECRETS.with("").get("both-ca.crt"));

        assertThat(after.restartHash(36)).isEqualTo(before.restartHash(36));
        assertThat(after.restartHash(35)).isNotEqualTo(before.restartHash(35));
    }

    private static WebhookKubeconfig changed(String kubeconfig, String key, byte[] content) {
        var keys = SECRETS.with(kubeconfig);
        keys.put(key, content);
        var reading = new KubeconfigReader(InstantSource.fixed(Instant.parse("2026-06-01T00:00:00Z"))).read(keys);
        return ((KubeconfigReading.Usable) reading).kubeconfig();
    }

    @Test
    void hashesAreAsLongAsRevisions() {
        assertThat(read("{server: 'https://sink'}", "{}").restartHash(36)).matches("[0-9a-f]{16}");
    }

    @Test
    void aSecretWithoutKubeconfigIsRefused() {
        var reading = new KubeconfigReader(InstantSource.system()).read(Map.of("token", new byte[1]));

        assertThat(reading)
                .isInstanceOfSatisfying(KubeconfigReading.Unusable.class, unusable -> assertThat(unusable.problems())
                        .singleElement()
                        .hasToString(
                                "kubeconfig: the Secret has no such key, so there is no kubeconfig for kube-apiserver (add the"
                                        + " kubeconfig to the Secret with the key kubeconfig)"));
    }

    @Test
    void aSecretLargerThanTheApiStoresIsRefused() {
        var keys = SECRETS.with(Secrets.kubeconfig("{server: 'https://sink'}", "{}"));
        keys.put("large", new byte[1024 * 1024]);

        assertThat(new KubeconfigReader(InstantSource.system()).read(keys))
                .isInstanceOf(KubeconfigReading.Unusable.class);
    }

    @Test
    void nothingPrintsCredentials() {
        var kubeconfig = read("{server: 'https://sink'}", ALL_FILES);

        assertThat(kubeconfig.toString() + kubeconfig.tls() + kubeconfig.credentials())
                .doesNotContain("s3cr3t")
                .contains("Token[in key token]", "CN=client");
    }
}
