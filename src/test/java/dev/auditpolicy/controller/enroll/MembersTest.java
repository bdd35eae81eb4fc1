package dev.auditpolicy.controller.enroll;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MembersTest {

    private static final Map<String, String> NONE = Map.of();

    @Test
    void areNodesAndEnrolledHosts() {
        var members = Members.of(List.of(node("cp1", "cp1")), live("cp1", "cp2", "cp3"), Set.of("cp2"), NONE);

        assertThat(members.members()).extracting(Member::name).containsExactly("cp1", "cp2");
        assertThat(members.unmanaged()).containsExactly("cp3");
    }

    @Test
    void areAHostOnlyUntilItsNodeIsThere() {
        var members =
                Members.of(List.of(node("node-1", "Host1")), live("Host1"), Set.of("host1"), Map.of("host1", "Host1"));

        assertThat(members.members()).extracting(Member::name).containsExactly("node-1");
        assertThat(members.unmanaged()).isEmpty();
    }

    /** Two AuditNodes cannot have one name. */
    @Test
    void areNoHostWithTheNameOfANode() {
        var members = Members.of(List.of(node("a", "b")), live("a", "b"), Set.of("a"), NONE);

        assertThat(members.members()).singleElement().isInstanceOf(Member.OfNode.class);
        assertThat(members.unmanaged()).containsExactly("a");
    }

    @Test
    void areOneHostOfTwoWhoseNamesDifferOnlyInCase() {
        var members = Members.of(List.of(), live("Cp1", "cp1"), Set.of("cp1"), NONE);

        assertThat(members.members()).extracting(Member::host).containsExactly("Cp1");
        assertThat(members.unmanaged()).containsExactly("cp1");
    }

    @Test
    void areNoHostThatNoObjectCanBeNamedLike() {
        var members = Members.of(List.of(), live("host_1", "unknown host"), Set.of("host_1"), NONE);

        assertThat(members.members()).isEmpty();
        assertThat(members.unmanaged()).containsExactly("host_1", "unknown host");
    }

    /** kube-apiserver deletes its Lease when it is restarted. */
    @Test
    void areAHostThatIsDownOnlyIfItHasAnAuditNode() {
        var known = Map.of("cp1", "Cp1");

        assertThat(Members.of(List.of(), live(), Set.of("cp1"), known).members())
                .containsExactly(new Member.OfHost("cp1", "Cp1"));
        assertThat(Members.of(List.of(), live(), Set.of("cp1"), NONE).members()).isEmpty();
        assertThat(Members.of(List.of(), live(), Set.of(), known).members()).isEmpty();
    }

    private static ApiServerHosts live(String... hosts) {
        return new ApiServerHosts(Set.of(hosts), Set.of(hosts));
    }

    private static Node node(String name, String host) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("kubernetes.io/hostname", host)
                .endMetadata()
                .build();
    }
}
