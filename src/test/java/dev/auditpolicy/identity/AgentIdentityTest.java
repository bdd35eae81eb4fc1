package dev.auditpolicy.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentIdentityTest {

    /** As kubelet names a Node. */
    @Test
    void isInLowerCase() {
        assertThat(AgentIdentity.ofHost("Master1.Example.ORG"))
                .hasValueSatisfying(
                        identity -> assertThat(identity.user()).isEqualTo("auditpolicy:agent:master1.example.org"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "a..b", "-a", "a-", "a.-b", "a_b", "a b", "a:b", "a,O=system:masters", "ä", "a/b", "a\n"
            })
    void isNoNameThatAnObjectCannotHave(String host) {
        assertThat(AgentIdentity.ofHost(host)).isEmpty();
        assertThat(AgentIdentity.ofUser("auditpolicy:agent:" + host)).isEmpty();
    }

    @Test
    void isAsLongAsALabelAtMost() {
        assertThat(AgentIdentity.ofHost("a".repeat(63))).isPresent();
        assertThat(AgentIdentity.ofHost("a".repeat(64))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "system:serviceaccount:auditpolicy-system:agent",
                "auditpolicy:agent:CP1",
                "xauditpolicy:agent:cp1"
            })
    void isNoOtherUser(String user) {
        assertThat(AgentIdentity.ofUser(user)).isEmpty();
    }
}
