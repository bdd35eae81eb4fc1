package dev.auditpolicy.e2e;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.auditpolicy.lab.Lab;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A client with its credentials.
 *
 * @param user the name that kube-apiserver authenticates, null if authentication fails
 */
record Caller(String name, String user, List<String> groups, HttpClient client, Map<String, String> headers) {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** An administrator, the same with impersonation, an anonymous client, one with an invalid token, and a service account. */
    static List<Caller> all(Lab lab) throws GeneralSecurityException, IOException {
        var self = new ObjectMapper()
                .readTree(lab.kubectl("auth", "whoami", "-o", "json"))
                .at("/status/userInfo");
        var user = self.path("username").asText();
        var groups = new ArrayList<String>();
        self.path("groups").forEach(group -> groups.add(group.asText()));
        var withCertificate =
                HttpClient.newBuilder().sslContext(LabTrust.of(lab)).build();
        var without = HttpClient.newBuilder()
                .sslContext(LabTrust.withoutCertificate(lab))
                .build();
        var token = lab.kubectl("create", "token", "default").strip();
        return List.of(
                new Caller("administrator", user, groups, withCertificate, Map.of()),
                new Caller("impersonator", user, groups, withCertificate, Map.of("Impersonate-User", "jane")),
                new Caller("anonymous", "system:anonymous", List.of("system:unauthenticated"), without, Map.of()),
                new Caller("invalid token", null, List.of(), without, Map.of("Authorization", "Bearer none")),
                new Caller(
                        "service account",
                        "system:serviceaccount:default:default",
                        List.of("system:serviceaccounts", "system:serviceaccounts:default", "system:authenticated"),
                        without,
                        Map.of("Authorization", "Bearer " + token)));
    }

    /** Sends a request and returns its Audit-ID. */
    String send(URI apiServer, String method, String url) {
        var auditId = UUID.randomUUID().toString();
        var request = HttpRequest.newBuilder(apiServer.resolve(url))
                .timeout(TIMEOUT)
                .method(
                        method,
                        List.of("POST", "PUT", "PATCH").contains(method)
                                ? BodyPublishers.ofString("{}")
                                : BodyPublishers.noBody())
                .header("Content-Type", method.equals("PATCH") ? "application/merge-patch+json" : "application/json")
                .header("Audit-ID", auditId);
        headers.forEach(request::header);
        client.sendAsync(request.build(), BodyHandlers.discarding()).join();
        return auditId;
    }
}
