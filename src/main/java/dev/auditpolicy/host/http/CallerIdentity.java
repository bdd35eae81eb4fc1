package dev.auditpolicy.host.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** A user and its groups, as audit rules name them. */
public record CallerIdentity(String user, List<String> groups) {

    private static final Pattern SERVICE_ACCOUNT = Pattern.compile("system:serviceaccount:([^:]+):[^:]+");

    public CallerIdentity {
        groups = List.copyOf(groups);
    }

    /**
     * The identity that kube-apiserver derives from a service account token: the subject of the token, and the groups of service
     * accounts in its namespace (apiserver's {@code serviceaccount.UserInfo}). The signature is not verified, because the token
     * is the agent's own.
     *
     * @throws IOException if it is not a service account token
     */
    static CallerIdentity ofToken(String token) throws IOException {
        var parts = token.split("\\.");
        if (parts.length != 3) {
            throw new IOException("the agent's token is not a JWT: run the agent with a service account token");
        }
        var claims = new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8);
        var user = new ObjectMapper().readTree(claims).path("sub").asText();
        var account = SERVICE_ACCOUNT.matcher(user);
        if (!account.matches()) {
            throw new IOException("the agent's token belongs to '" + user
                    + "', which is not a service account: run the agent with a service account token");
        }
        return new CallerIdentity(
                user,
                List.of(
                        "system:serviceaccounts",
                        "system:serviceaccounts:" + account.group(1),
                        "system:authenticated"));
    }
}
