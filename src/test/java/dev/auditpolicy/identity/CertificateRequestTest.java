package dev.auditpolicy.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.security.KeyPair;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameStyle;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against Bouncy Castle, which reads and writes any request. */
class CertificateRequestTest {

    private static final KeyPair KEY = CertificateRequest.newKey();
    private static final KeyPair OTHER_KEY = CertificateRequest.newKey();
    private static final AgentIdentity CP1 = new AgentIdentity("cp1");

    /** As the JDK does; by default, Bouncy Castle writes UTF8String. */
    private static final X500NameStyle PRINTABLE = new BCStyle() {
        @Override
        protected ASN1Encodable encodeStringValue(ASN1ObjectIdentifier type, String value) {
            return new DERPrintableString(value);
        }
    };

    @ParameterizedTest
    @ValueSource(strings = {"a", "cp1", "master-1.example.org"})
    void isARequestForTheUserInTheGroupAndNothingElse(String host) throws Exception {
        var request = parse(CertificateRequest.pem(new AgentIdentity(host), KEY));

        assertThat(request.getSubject()).isEqualTo(new X500Name("O=auditpolicy:agents,CN=auditpolicy:agent:" + host));
        assertThat(request.getSubjectPublicKeyInfo().getEncoded())
                .isEqualTo(KEY.getPublic().getEncoded());
        assertThat(request.getAttributes()).isEmpty();
        assertThat(request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(KEY.getPublic())))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 45, 46, 47, 48, 63})
    void isForItsIdentity(int length) {
        var identity = new AgentIdentity("a".repeat(length));

        assertThat(CertificateRequest.isFor(identity, CertificateRequest.pem(identity, KEY)))
                .isTrue();
    }

    @Test
    void isOneThatAnotherProgramHasWritten() throws Exception {
        assertThat(isFor(request("O=auditpolicy:agents,CN=auditpolicy:agent:cp1", KEY)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "O=auditpolicy:agents,CN=auditpolicy:agent:cp2",
                "O=system:masters,CN=auditpolicy:agent:cp1",
                "O=auditpolicy:agents,O=system:masters,CN=auditpolicy:agent:cp1",
                "O=auditpolicy:agents+O=system:masters,CN=auditpolicy:agent:cp1",
                "O=auditpolicy:agents,CN=auditpolicy:agent:cp1,CN=kubernetes-admin",
                "CN=kubernetes-admin,O=auditpolicy:agents,CN=auditpolicy:agent:cp1",
                "CN=auditpolicy:agent:cp1",
                "CN=auditpolicy:agent:cp1,O=auditpolicy:agents",
                "O=auditpolicy:agents,CN=auditpolicy:agent:cp1,OU=x"
            })
    void isNotForAnotherSubject(String subject) throws Exception {
        assertThat(isFor(request(subject, KEY))).isFalse();
    }

    @Test
    void isNotForAlternativeNames() throws Exception {
        var extensions = new ExtensionsGenerator();
        extensions.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.dNSName, "kubernetes")));
        var builder = builder("O=auditpolicy:agents,CN=auditpolicy:agent:cp1", KEY)
                .addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate());

        assertThat(isFor(builder.build(new JcaContentSignerBuilder("SHA256WithRSA").build(KEY.getPrivate()))))
                .isFalse();
    }

    @Test
    void isSignedWithItsOwnKey() throws Exception {
        var request = builder("O=auditpolicy:agents,CN=auditpolicy:agent:cp1", KEY)
                .build(new JcaContentSignerBuilder("SHA256WithRSA").build(OTHER_KEY.getPrivate()));

        assertThat(isFor(request)).isFalse();
    }

    /** Every byte is compared or signed, and none makes the reader fail. */
    @Test
    void isNotForAnythingThatDiffersInAByte() throws Exception {
        var der = parse(CertificateRequest.pem(CP1, KEY)).getEncoded();
        for (var index = 0; index < der.length; index++) {
            var changed = der.clone();
            changed[index] ^= (byte) (index % 2 == 0 ? 0x01 : 0x81);
            assertThat(CertificateRequest.isFor(CP1, Pem.of("CERTIFICATE REQUEST", changed)))
                    .as("byte %d", index)
                    .isFalse();
        }
    }

    @Test
    void isNotForAnythingThatIsCutOrContinued() throws Exception {
        var der = parse(CertificateRequest.pem(CP1, KEY)).getEncoded();
        for (var length = 0; length < der.length + 3; length++) {
            if (length != der.length) {
                var changed = Arrays.copyOf(der, length);
                assertThat(CertificateRequest.isFor(CP1, Pem.of("CERTIFICATE REQUEST", changed)))
                        .as("%d bytes", length)
                        .isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-----BEGIN CERTIFICATE REQUEST-----",
                "no PEM",
                "-----BEGIN CERTIFICATE REQUEST-----\n-----END CERTIFICATE REQUEST-----"
            })
    void isNotForAnythingElse(String text) {
        assertThat(CertificateRequest.isFor(CP1, text)).isFalse();
    }

    private static boolean isFor(PKCS10CertificationRequest request) throws IOException {
        return CertificateRequest.isFor(CP1, Pem.of("CERTIFICATE REQUEST", request.getEncoded()));
    }

    private static PKCS10CertificationRequest request(String subject, KeyPair key) throws OperatorCreationException {
        return builder(subject, key).build(new JcaContentSignerBuilder("SHA256WithRSA").build(key.getPrivate()));
    }

    private static JcaPKCS10CertificationRequestBuilder builder(String subject, KeyPair key) {
        return new JcaPKCS10CertificationRequestBuilder(new X500Name(PRINTABLE, subject), key.getPublic());
    }

    private static PKCS10CertificationRequest parse(String pem) throws IOException {
        return (PKCS10CertificationRequest) new PEMParser(new StringReader(pem)).readObject();
    }
}
