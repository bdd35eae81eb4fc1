package dev.auditpolicy.controller.host;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.auditpolicy.agent.identity.CertificateRenewal;
import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.app.AgentClient;
import dev.auditpolicy.cli.AuditPolicyCommand;
import dev.auditpolicy.deploy.Account;
import dev.auditpolicy.deploy.Samples;
import dev.auditpolicy.host.file.LinuxDisk;
import dev.auditpolicy.host.file.NodeFiles;
import dev.auditpolicy.host.http.Credentials;
import dev.auditpolicy.host.http.HttpsApiServerProbe;
import dev.auditpolicy.identity.AgentIdentity;
import dev.auditpolicy.identity.AgentKubeconfig;
import dev.auditpolicy.identity.CertificateRequest;
import dev.auditpolicy.identity.EnrolledHosts;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.certificates.v1.CertificateSigningRequest;
import io.fabric8.kubernetes.api.model.certificates.v1.CertificateSigningRequestBuilder;
import io.fabric8.kubernetes.api.model.certificates.v1.CertificateSigningRequestConditionBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.Operator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The agent of a host without a Node, with a certificate: enrolled, renewed, stolen. The certificates are real ones, signed by a real
 * kube-controller-manager or, where nobody would approve them, with the key of the authority.
 */
class HostIdentityIT {

    private static final String AGENT_1 = "O=auditpolicy:agents,CN=auditpolicy:agent:cp1";

    private static SigningCluster cluster;
    private static KubernetesClient administrator;
    private static KubernetesClient controller;
    private static Operator operator;

    @BeforeAll
    static void startCluster() throws Exception {
        cluster = SigningCluster.start();
        administrator = cluster.apiServer().client();
        controller = cluster.apiServer().clientOf(Account.controller());
        operator = new Operator(
                configuration -> configuration.withKubernetesClient(controller).withCloseClientOnStop(false));
        operator.register(new CertificateApprover(controller));
        operator.start();
        controller.resource(Samples.auditNode("cp1")).create();
        controller.resource(Samples.auditNode("cp2")).create();
        administrator
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(EnrolledHosts.CONFIG_MAP)
                        .withNamespace(EnrolledHosts.NAMESPACE)
                        .endMetadata()
                        .addToData("cp1", "")
                        .build())
                .createOr(NonDeletingOperation::update);
    }

    @AfterAll
    static void stopCluster() {
        operator.stop();
        controller.close();
        administrator.close();
        cluster.close();
    }

    @Test
    void isEnrolledByTheCommand() throws IOException {
        var file = cluster.directory().resolve("cp7.kubeconfig");

        var output = enroll("CP7", "--output=" + file);

        assertThat(output).contains("host cp7 is enrolled", "ssh root@CP7");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(enrolledHosts()).contains("cp1", "cp7");
        controller.resource(Samples.auditNode("cp7")).create();
        try (var agent = clientOf(file)) {
            agent.resource(withStatus("cp7", "enrolled")).updateStatus();
        }
        assertThat(auditNode("cp7").getStatus().message()).isEqualTo("enrolled");

        assertThat(run("cp7", "--output=" + file)).isEqualTo(1);
        assertThat(enroll("cp7", "--remove")).contains("not enrolled any more");
        assertThat(enrolledHosts()).contains("cp1").doesNotContain("cp7");
    }

    /** The agent's requests have an empty token then. */
    @Test
    void asksForReadinessWithItsCertificate() throws Exception {
        var file = cluster.directory().resolve("probe.kubeconfig");
        enroll("cp1", "--output=" + file);
        var config = Config.fromKubeconfig(Files.readString(file));
        var context = SSLContext.getInstance("TLS");
        context.init(SSLUtils.keyManagers(config), SSLUtils.trustManagers(config), null);

        var probe = new HttpsApiServerProbe(context.getSocketFactory(), new Credentials.Certificate("", ""));

        assertThat(probe.problem(URI.create(config.getMasterUrl()).getAuthority()))
                .isEmpty();
    }

    @Test
    void leavesNoFileIfTheClusterCannotBeReached() {
        var file = cluster.directory().resolve("cp8.kubeconfig");

        assertThat(run("cp8", "--output=" + file, "--context=nowhere")).isEqualTo(1);

        assertThat(file).doesNotExist();
    }

    @Test
    void renewsItsCertificate() throws IOException {
        var file = cluster.directory().resolve("renewed.kubeconfig");
        enroll("cp1", "--output=" + file);
        var before = new AgentKubeconfig(Files.readString(file));

        try (var agent = clientOf(file)) {
            var later = Instant.now().plus(Duration.ofDays(61));
            var renewal = new CertificateRenewal(
                    agent,
                    new NodeFiles(new LinuxDisk()),
                    file.toString(),
                    new AgentIdentity("cp1"),
                    before.certificate(),
                    () -> later);
            await("another certificate").atMost(Duration.ofMinutes(2)).until(() -> {
                renewal.check();
                return renewal.isRenewed();
            });
        }

        var after = new AgentKubeconfig(Files.readString(file));
        assertThat(after.certificate()).isNotEqualTo(before.certificate());
        assertThat(after.certificate().getPublicKey())
                .isNotEqualTo(before.certificate().getPublicKey());
        assertThat(after.certificate().getSubjectX500Principal())
                .isEqualTo(before.certificate().getSubjectX500Principal());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var agent = clientOf(file)) {
            agent.resource(withStatus("cp1", "renewed")).updateStatus();
        }
        assertThat(auditNode("cp1").getStatus().message()).isEqualTo("renewed");
    }

    @Test
    void doesNotRenewBeforeTwoThirdsOfTheValidity() throws IOException {
        var file = cluster.directory().resolve("young.kubeconfig");
        enroll("cp1", "--output=" + file);
        var requests = requests().size();

        try (var agent = clientOf(file)) {
            var renewal = new CertificateRenewal(
                    agent,
                    new NodeFiles(new LinuxDisk()),
                    file.toString(),
                    new AgentIdentity("cp1"),
                    new AgentKubeconfig(Files.readString(file)).certificate(),
                    () -> Instant.now().plus(Duration.ofHours(1)));
            renewal.check();
            assertThat(renewal.isRenewed()).isFalse();
        }

        assertThat(requests()).hasSize(requests);
    }

    /** The test's own authority has signed it: whoever has it is root on cp1, and must stay that. */
    @Test
    void withAStolenCertificateWritesOnlyItsOwnStatus() {
        try (var thief = cluster.clientOf(AGENT_1)) {
            thief.resource(withStatus("cp1", "mine")).updateStatus();
            assertThat(auditNode("cp1").getStatus().message()).isEqualTo("mine");

            expectRefusal(
                    () -> thief.resource(withStatus("cp2", "stolen")).updateStatus(), "the certificate names cp1");
            expectRefusal(() -> thief.resource(Samples.auditNode("cp1")).update());
            expectRefusal(() -> thief.resource(Samples.auditNode("cp3")).create());
            expectRefusal(() -> thief.resource(Samples.auditNode("cp1")).delete());
            expectRefusal(() -> thief.secrets().inNamespace("kube-system").list());
            expectRefusal(() -> thief.configMaps()
                    .inNamespace(EnrolledHosts.NAMESPACE)
                    .withName(EnrolledHosts.CONFIG_MAP)
                    .get());
            expectRefusal(
                    () -> thief.pods().inNamespace(EnrolledHosts.NAMESPACE).list());
            expectRefusal(() -> thief.nodes().list());
        }
    }

    /** Should somebody bind a role of an administrator to an agent, or to all of them. */
    @ParameterizedTest
    @ValueSource(strings = {AGENT_1 + ",O=system:masters", "O=auditpolicy:agents,O=system:masters,CN=mallory"})
    void isHeldByTheAdmissionPoliciesWhateverRbacAllows(String subject) {
        try (var almighty = cluster.clientOf(subject)) {
            expectRefusal(() -> almighty.resource(withStatus("cp2", "stolen")).updateStatus(), "AuditNode");
            var text = "an agent can only update the status of the AuditNode of its own node";
            expectRefusal(
                    () -> almighty.resource(Samples.auditNode("cp1", "two", "policy"))
                            .update(),
                    text);
            expectRefusal(() -> almighty.resource(Samples.auditNode("cp3")).create(), text);
            expectRefusal(() -> almighty.resource(Samples.auditNode("cp1")).delete(), text);
            expectRefusal(
                    () -> almighty.resource(request("cp1", "kubernetes.io/kubelet-serving", "server auth"))
                            .create(),
                    "an agent can only request a certificate");
            expectRefusal(
                    () -> almighty.resource(request("cp1", AgentIdentity.SIGNER, "client auth", "digital signature"))
                            .create(),
                    "an agent can only request a certificate");
        }
    }

    /** Other authenticators may know a user of this name, but not the group. */
    @Test
    void isNoAgentWithoutTheGroup() {
        try (var almighty = cluster.clientOf("O=system:masters,CN=auditpolicy:agent:cp1")) {
            expectRefusal(
                    () -> almighty.resource(withStatus("cp1", "stolen")).updateStatus(),
                    "auditpolicy:agent:cp1 cannot update the status of an AuditNode");
        }
    }

    @Test
    void getsNoCertificateForAnotherHostOrWithoutEnrollment() {
        try (var thief = cluster.clientOf(AGENT_1);
                var stranger = cluster.clientOf("O=auditpolicy:agents,CN=auditpolicy:agent:cp9")) {
            var forAnother = thief.resource(request("cp2", AgentIdentity.SIGNER, "client auth"))
                    .create();
            var notEnrolled = stranger.resource(request("cp9", AgentIdentity.SIGNER, "client auth"))
                    .create();
            var own = thief.resource(request("cp1", AgentIdentity.SIGNER, "client auth"))
                    .create();

            await("the approval of the own certificate")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> isApproved(own));

            assertThat(isApproved(forAnother)).isFalse();
            assertThat(isApproved(notEnrolled)).isFalse();
        }
    }

    /** A controller that is taken over cannot make itself an administrator by a request of somebody else. */
    @Test
    void cannotBeApprovedForAnybodyElseByTheController() {
        var request = administrator
                .resource(request("cp1", AgentIdentity.SIGNER, "client auth"))
                .create();

        expectRefusal(
                () -> controller
                        .certificates()
                        .v1()
                        .certificateSigningRequests()
                        .withName(request.getMetadata().getName())
                        .approve(new CertificateSigningRequestConditionBuilder()
                                .withType("Approved")
                                .withStatus("True")
                                .withReason("Test")
                                .build()),
                "can approve only requests of agents");
    }

    private static void expectRefusal(ThrowingCallable request, String... texts) {
        assertThatThrownBy(request).isInstanceOfSatisfying(KubernetesClientException.class, refusal -> {
            assertThat(refusal.getCode()).isEqualTo(403);
            assertThat(List.of(texts)).allSatisfy(text -> assertThat(refusal).hasMessageContaining(text));
        });
    }

    private static boolean isApproved(CertificateSigningRequest request) {
        var status = administrator.resource(request).get().getStatus();
        return status != null
                && status.getConditions() != null
                && !status.getConditions().isEmpty();
    }

    private static CertificateSigningRequest request(String host, String signer, String... usages) {
        var pem = CertificateRequest.pem(new AgentIdentity(host), CertificateRequest.newKey());
        return new CertificateSigningRequestBuilder()
                .withNewMetadata()
                .withGenerateName("test-")
                .endMetadata()
                .withNewSpec()
                .withRequest(Base64.getEncoder().encodeToString(pem.getBytes(US_ASCII)))
                .withSignerName(signer)
                .withUsages(usages)
                .endSpec()
                .build();
    }

    private static List<CertificateSigningRequest> requests() {
        return administrator
                .certificates()
                .v1()
                .certificateSigningRequests()
                .list()
                .getItems();
    }

    private static String enroll(String... arguments) {
        var output = new StringWriter();
        assertThat(run(output, arguments)).as("%s", output).isZero();
        return output.toString();
    }

    private static int run(String... arguments) {
        return run(new StringWriter(), arguments);
    }

    private static int run(StringWriter output, String... arguments) {
        var command = AuditPolicyCommand.commandLine(InstantSource.system())
                .setOut(new PrintWriter(output, true))
                .setErr(new PrintWriter(output, true));
        var all = new ArrayList<>(List.of(
                "enroll",
                "--kubectl=" + cluster.apiServer().binary("kubectl"),
                "--kubeconfig=" + cluster.directory().resolve("kubeconfig")));
        all.addAll(List.of(arguments));
        return command.execute(all.toArray(String[]::new));
    }

    private static KubernetesClient clientOf(Path kubeconfig) throws IOException {
        return AgentClient.of(Config.fromKubeconfig(Files.readString(kubeconfig)));
    }

    private static Set<String> enrolledHosts() {
        return administrator
                .configMaps()
                .inNamespace(EnrolledHosts.NAMESPACE)
                .withName(EnrolledHosts.CONFIG_MAP)
                .get()
                .getData()
                .keySet();
    }

    private static AuditNode auditNode(String name) {
        return administrator.resources(AuditNode.class).withName(name).get();
    }

    private static AuditNode withStatus(String name, String message) {
        var node = Samples.auditNode(name);
        node.setStatus(Serialization.unmarshal("{\"message\":\"%s\"}".formatted(message), AuditNodeStatus.class));
        return node;
    }
}
