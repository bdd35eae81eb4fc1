package dev.auditpolicy.host.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallerIdentityTest {

    @Test
    void isTheSubjectWithTheGroupsOfItsNamespace() throws IOException {
        assertThat(CallerIdentity.ofToken(
                        token("{\"iss\":\"x\",\"sub\":\"system:serviceaccount:auditpolicy-system:agent\"}")))
                .isEqualTo(new CallerIdentity(
                        "system:serviceaccount:auditpolicy-system:agent",
                        List.of(
                                "system:serviceaccounts",
                                "system:serviceaccounts:auditpolicy-system",
                                "system:authenticated")));
    }

    @Test
    void rejectsATokenThatIsNotOfAServiceAccount() {
        assertThatThrownBy(() -> CallerIdentity.ofToken(token("{\"sub\":\"jane\"}")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("'jane'");
        assertThatThrownBy(() -> CallerIdentity.ofToken("")).isInstanceOf(IOException.class);
    }

    private static String token(String claims) {
        return "e30." + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(UTF_8)) + ".c2ln";
    }
}
