package dev.auditpolicy.webhook.kubeconfig;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.auditpolicy.webhook.entry.Entry;
import dev.auditpolicy.webhook.sink.SinkCredentials;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code server} as client-go does. */
final class ServerReader {

    private static final Pattern URL =
            Pattern.compile("(?:(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://)?(?:(?<user>[^/?#]*)@)?"
                    + "(?<authority>[^/?#@]*)(?<path>/[^?#]*)?(?<query>\\?[^#]*)?(?<fragment>#.*)?");

    private static final Pattern AUTHORITY =
            Pattern.compile("(?<host>\\[[0-9A-Fa-f:.]+]|[^\\[\\]:\\s\"<>\\\\^`{|}%]+)(?::(?<port>[0-9]*))?");

    private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})|\\p{Cntrl}");

    private static final int MAX_PORT = 65_535;

    private final Entry cluster;
    private final String field;

    private ServerReader(Entry cluster) {
        this.cluster = cluster;
        this.field = cluster.path("server");
    }

    /** @param byProxy whether a proxy resolves the name */
    static Optional<ServerAddress> read(Entry cluster, boolean byProxy) {
        var reader = new ServerReader(cluster);
        Optional<String> server = cluster.text("server");
        if (server.isEmpty() && !cluster.hasOtherThanText("server")) {
            cluster.problems()
                    .refuse(
                            reader.field,
                            "",
                            "kube-apiserver does not start: \"invalid configuration: no server found for cluster\"",
                            "set server to the URL to which events are posted");
        }
        return server.flatMap(reader::address).map(address -> {
            if (!byProxy) {
                NodeNames.check(address, cluster.problems());
            }
            return address;
        });
    }

    private Optional<ServerAddress> address(String server) {
        Matcher url = URL.matcher(server);
        if (!url.matches() || BAD_ESCAPE.matcher(server).find()) {
            return refusedAsNoUrl("");
        }
        String shown = server.substring(0, url.start("authority") - length(url.group("user")))
                + server.substring(url.start("authority"), end(url));
        Matcher authority = AUTHORITY.matcher(url.group("authority"));
        boolean hasScheme = url.group("scheme") != null;
        String path = url.group("path") == null ? "/" : url.group("path");
        if (!authority.matches() || (!hasScheme && !path.equals("/"))) {
            return refusedAsNoUrl(shown);
        }
        String scheme = hasScheme ? url.group("scheme").toLowerCase(Locale.ROOT) : "http";
        int port = port(authority.group("port"));
        if (!isPossible(scheme, port, shown)) {
            return Optional.empty();
        }
        warn(url, shown, path);
        try {
            URI uri = new URI(scheme, null, authority.group("host"), port, RequestPath.of(path), null, null);
            if (uri.getHost() != null) {
                return Optional.of(new ServerAddress(
                        field,
                        shown,
                        URI.create(uri.toASCIIString()),
                        url.group("authority"),
                        hasScheme,
                        user(url.group("user"))));
            }
        } catch (URISyntaxException invalid) {
            // The same as a host that the parser does not accept.
        }
        cluster.problems()
                .refuse(
                        field,
                        shown,
                        "the host is not a name as DNS has them: letters, digits, hyphens and dots",
                        "use another name of the host, or its address");
        return Optional.empty();
    }

    private Optional<ServerAddress> refusedAsNoUrl(String shown) {
        cluster.problems()
                .refuse(
                        field,
                        shown,
                        "kube-apiserver does not start: \"host must be a URL or a host:port pair\"",
                        "write scheme, host, port and path, such as https://audit.example.com:8443/events");
        return Optional.empty();
    }

    private boolean isPossible(String scheme, int port, String shown) {
        if (!scheme.equals("http") && !scheme.equals("https")) {
            cluster.problems()
                    .refuse(
                            field,
                            shown,
                            "kube-apiserver starts, and then loses every batch: \"unsupported protocol scheme \\\""
                                    + scheme + "\\\"\"",
                            "use https:// or http://");
            return false;
        }
        if (port == 0 || port > MAX_PORT) {
            cluster.problems()
                    .refuse(
                            field,
                            shown,
                            "kube-apiserver starts, and then loses every batch: \"invalid port\"",
                            "use a port from 1 to 65535");
            return false;
        }
        return true;
    }

    private void warn(Matcher url, String shown, String path) {
        if (url.group("query") != null) {
            // Receivers find the tenant or the token there: without it they refuse or misfile every batch.
            cluster.problems()
                    .refuse(
                            field,
                            shown,
                            "kube-apiserver drops the query string and requests the URL without it",
                            "remove the query string; give the receiver what it contained as part of the path, or as token or"
                                    + " client certificate of the user");
        }
        if (!path.equals("/") && !path.equals(RequestPath.of(path))) {
            // Many receivers serve both paths. One that does not is found by the probe, which requests the shortened
            // one.
            cluster.problems()
                    .warn(
                            field,
                            shown,
                            "kube-apiserver requests " + RequestPath.of(path) + " instead of " + path,
                            "let the receiver serve " + RequestPath.of(path)
                                    + " without a redirect, and write it here without the difference");
        }
        if (url.group("fragment") != null) {
            cluster.problems().warn(field, shown, "kube-apiserver drops what follows #", "remove it");
        }
        if (url.group("scheme") == null) {
            cluster.problems()
                    .warn(
                            field,
                            shown,
                            "without a scheme, kube-apiserver uses http, even with a certificate authority",
                            "write http:// or https:// in front of the host");
        }
    }

    /** What is shown of the URL: a query string can be a credential. */
    private static int end(Matcher url) {
        return url.group("path") == null ? url.end("authority") : url.end("path");
    }

    private static int length(@Nullable String user) {
        return user == null ? 0 : user.length() + 1;
    }

    /** Without a port, kube-apiserver uses that of the scheme; the number is bounded so that it is one. */
    private static int port(@Nullable String digits) {
        if (digits == null || digits.isEmpty()) {
            return -1;
        }
        return digits.length() > String.valueOf(MAX_PORT).length() ? MAX_PORT + 1 : Integer.parseInt(digits);
    }

    private static Optional<SinkCredentials.Basic> user(@Nullable String info) {
        return Optional.ofNullable(info).map(text -> {
            String[] parts = text.split(":", 2);
            return new SinkCredentials.Basic(decoded(parts[0]), parts.length == 1 ? "" : decoded(parts[1]));
        });
    }

    static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
    }
}
