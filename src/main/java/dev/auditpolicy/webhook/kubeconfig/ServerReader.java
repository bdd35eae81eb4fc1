package dev.auditpolicy.webhook.kubeconfig;

import dev.auditpolicy.webhook.entry.Entry;
import dev.auditpolicy.webhook.sink.SinkCredentials;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Reads {@code server} as client-go does. */
final class ServerReader {

    private static final String LOST = "kube-apiserver starts, and then loses every batch: ";

    private final Entry cluster;
    private final String shown;

    private ServerReader(Entry cluster, String server) {
        this.cluster = cluster;
        this.shown = ServerUrl.shown(server);
    }

    /** @param byProxy whether a proxy resolves the name */
    static Optional<ServerAddress> read(Entry cluster, boolean byProxy) {
        Optional<String> server = cluster.text("server");
        if (server.isEmpty() && !cluster.hasOtherThanText("server")) {
            new ServerReader(cluster, "")
                    .refuse(
                            "kube-apiserver does not start: \"invalid configuration: no server found for cluster\"",
                            "set server to the URL to which events are posted");
        }
        Optional<ServerAddress> address = server.flatMap(text -> new ServerReader(cluster, text).address(text));
        address.filter(_ -> !byProxy).ifPresent(direct -> NodeNames.check(direct, cluster.problems()));
        return address;
    }

    private Optional<ServerAddress> address(String server) {
        Optional<ServerUrl> url = ServerUrl.parse(server);
        if (url.isEmpty()) {
            refuse(
                    "kube-apiserver does not start: \"host must be a URL or a host:port pair\"",
                    "write scheme, host, port and path, such as https://audit.example.com:8443/events");
        }
        return url.filter(this::isPossible).flatMap(this::address);
    }

    private boolean isPossible(ServerUrl url) {
        if (!url.scheme().equals("http") && !url.scheme().equals("https")) {
            refuse(LOST + "\"unsupported protocol scheme \\\"" + url.scheme() + "\\\"\"", "use https:// or http://");
            return false;
        }
        if (url.port() == 0 || url.port() > ServerUrl.MAX_PORT) {
            refuse(LOST + "\"invalid port\"", "use a port from 1 to 65535");
            return false;
        }
        return true;
    }

    private Optional<ServerAddress> address(ServerUrl url) {
        compareWithRequests(url);
        try {
            URI uri = new URI(url.scheme(), null, url.host(), url.port(), url.requestedPath(), null, null);
            if (uri.getHost() != null) {
                return Optional.of(new ServerAddress(
                        cluster.path("server"),
                        shown,
                        URI.create(uri.toASCIIString()),
                        url.authority(),
                        url.hasScheme(),
                        url.userInfo().map(ServerReader::user)));
            }
        } catch (URISyntaxException invalid) {
            // The same as a host that the parser does not accept.
        }
        refuse(
                "the host is not a name as DNS has them: letters, digits, hyphens and dots",
                "use another name of the host, or its address");
        return Optional.empty();
    }

    /**
     * A query string names a tenant or a token: without it, receivers refuse or misfile every batch. Many receivers serve a path
     * with and without the slash; one that does not is found by the probe, which requests the path that kube-apiserver does.
     */
    private void compareWithRequests(ServerUrl url) {
        if (url.hasQuery()) {
            refuse(
                    "kube-apiserver drops the query string and requests the URL without it",
                    "remove the query string; give the receiver what it contained as part of the path, or as token or client"
                            + " certificate of the user");
        }
        if (!url.path().equals("/") && !ServerUrl.decoded(url.path()).equals(url.requestedPath())) {
            warn(
                    "kube-apiserver requests " + url.requestedPath() + " instead of " + url.path(),
                    "let the receiver serve " + url.requestedPath()
                            + " without a redirect, and write it here without the difference");
        }
        if (url.hasFragment()) {
            warn("kube-apiserver drops what follows #", "remove it");
        }
        if (!url.hasScheme()) {
            warn(
                    "without a scheme, kube-apiserver uses http, even with a certificate authority",
                    "write http:// or https:// in front of the host");
        }
    }

    private static SinkCredentials.Basic user(String info) {
        String[] parts = info.split(":", 2);
        return new SinkCredentials.Basic(
                ServerUrl.decoded(parts[0]), parts.length == 1 ? "" : ServerUrl.decoded(parts[1]));
    }

    private void refuse(String reason, String fix) {
        cluster.problems().refuse(cluster.path("server"), shown, reason, fix);
    }

    private void warn(String reason, String fix) {
        cluster.problems().warn(cluster.path("server"), shown, reason, fix);
    }
}
