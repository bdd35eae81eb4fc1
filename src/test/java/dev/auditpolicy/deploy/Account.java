package dev.auditpolicy.deploy;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who asks the API server.
 *
 * @param node the node name that the token carries, as that of a service account's pod does
 */
public record Account(String user, List<String> groups, Optional<String> node) {

    private static final String NAMESPACE = "auditpolicy-system";

    /** authentication.kubernetes.io/node-name; a header name may hold no slash, and the client does not encode it. */
    private static final String NODE_NAME_HEADER = "authentication.kubernetes.io%2Fnode-name";

    public static Account controller() {
        return serviceAccount(NAMESPACE, "controller", Optional.of("cp1"));
    }

    public static Account agentOn(String node) {
        return serviceAccount(NAMESPACE, "agent", Optional.of(node));
    }

    /** With a token that somebody got for the account by the TokenRequest API, not for a pod. */
    public static Account agentOnNoNode() {
        return serviceAccount(NAMESPACE, "agent", Optional.empty());
    }

    /** With a client certificate. */
    public static Account hostAgent(String host) {
        return new Account(
                "auditpolicy:agent:" + host, List.of("auditpolicy:agents", "system:authenticated"), Optional.empty());
    }

    static Account serviceAccount(String namespace, String name, Optional<String> node) {
        return new Account(
                "system:serviceaccount:%s:%s".formatted(namespace, name),
                List.of("system:serviceaccounts", "system:serviceaccounts:" + namespace, "system:authenticated"),
                node);
    }

    static Account administrator() {
        return new Account("jane", List.of("system:authenticated"), Optional.empty()).whomRbacAllowsEverything();
    }

    /** So that what is refused is refused by an admission policy. */
    Account whomRbacAllowsEverything() {
        return new Account(
                user,
                Stream.concat(groups.stream(), Stream.of("system:masters")).toList(),
                node);
    }

    public Config impersonatedBy(Config administrator) {
        return new ConfigBuilder(administrator)
                .withImpersonateUsername(user)
                .withImpersonateGroups(groups.toArray(String[]::new))
                .withImpersonateExtras(node.map(name -> Map.of(NODE_NAME_HEADER, List.of(name)))
                        .orElseGet(Map::of))
                .build();
    }

    @Override
    public String toString() {
        return user + node.map(name -> " on " + name).orElse("");
    }
}
