package dev.auditpolicy.host.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** A user and their groups, as audit rules name them. */
public record CallerIdentity(String user, List<String> groups) {

    private static final Pattern SERVICE_ACCOUNT = Pattern.compile("system:serviceaccount:([^:]+):[^:]+");

    public CallerIdentity {
        requireNonNull(user, "user is null");
        groups = List.copyOf(groups);
    }

    /**
     * Whom kube-apiserver takes the bearer of a service account's token for: the subject that is named in it, and the groups
     * of every service account of that namespace (apiserver's {@code serviceaccount.UserInfo}). Who reads it checks no
     * signature: it is our own token.
     *
     * @throws IOException when it is no token of a service account
     */
    static CallerIdentity ofToken(String token) throws IOException {
        var parts = token.split("\\.");
        if (parts.length != 3) {
            throw new IOException("the agent's token is none of a service account");
        }
        var claims = new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8);
        var user = new ObjectMapper().readTree(claims).path("sub").asText();
        var account = SERVICE_ACCOUNT.matcher(user);
        if (!account.matches()) {
            throw new IOException("the agent's token is of '" + user + "', no service account");
        }
        return new CallerIdentity(
                user,
                List.of(
                        "system:serviceaccounts",
                        "system:serviceaccounts:" + account.group(1),
                        "system:authenticated"));
    }
}
