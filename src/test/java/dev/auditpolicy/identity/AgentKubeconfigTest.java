package dev.auditpolicy.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.kubernetes.client.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentKubeconfigTest {

    private static final AgentKubeconfig KUBECONFIG = AgentKubeconfig.of(
            JsonNodeFactory.instance
                    .objectNode()
                    .put("server", "https://192.0.2.1:6443")
                    .put("certificate-authority-data", "Q0E="),
            new AgentIdentity("cp1"),
            "first",
            CertificateRequest.newKey().getPrivate());

    @Test
    void isReadByTheClient() {
        var config = Config.fromKubeconfig(KUBECONFIG.yaml());

        assertThat(config.getMasterUrl()).startsWith("https://192.0.2.1:6443");
        assertThat(config.getCaCertData()).isEqualTo("Q0E=");
        assertThat(config.getClientCertData()).isEqualTo("Zmlyc3Q=");
        assertThat(config.getClientKeyData()).isNotEmpty();
    }

    @Test
    void keepsAllButTheCertificateWhenItIsRenewed() {
        var edited = new AgentKubeconfig(KUBECONFIG.yaml().replace("https://192.0.2.1:6443", "https://192.0.2.2:6443"));

        var config = Config.fromKubeconfig(
                edited.renewed("second", CertificateRequest.newKey().getPrivate())
                        .yaml());

        assertThat(config.getMasterUrl()).startsWith("https://192.0.2.2:6443");
        assertThat(config.getClientCertData()).isEqualTo("c2Vjb25k");
        assertThat(config.getClientKeyData())
                .isNotEqualTo(Config.fromKubeconfig(KUBECONFIG.yaml()).getClientKeyData());
    }

    @Test
    void isNotPrinted() {
        assertThat(KUBECONFIG.toString()).isEqualTo("kubeconfig");
    }

    /** The message is logged. */
    @ParameterizedTest
    @ValueSource(
            strings = {"", "secret", "{secret", "users: [secret]", "users: [{user: {client-certificate-data: secret}}]"
            })
    void quotesNothingOfAFileThatItCannotRead(String yaml) {
        var broken = new AgentKubeconfig(yaml);

        assertThatThrownBy(broken::certificate)
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("secret");
    }
}
