package dev.auditpolicy.webhook.kubeconfig;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNullElse;

import java.net.URLDecoder;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A URL as client-go takes it apart.
 *
 * @param scheme in lower case; http if there is none
 * @param userInfo user and password, still encoded
 * @param port -1 if there is none, and a number that is too large if it is too long
 * @param path still encoded
 */
record ServerUrl(
        boolean hasScheme,
        String scheme,
        Optional<String> userInfo,
        String authority,
        String host,
        int port,
        String path,
        boolean hasQuery,
        boolean hasFragment) {

    static final int MAX_PORT = 65_535;

    private static final Pattern URL =
            Pattern.compile("(?:(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://)?(?:(?<user>[^/?#]*)@)?"
                    + "(?<authority>(?<host>\\[[0-9A-Fa-f:.]+]|[^\\[\\]:/?#@\\s\"<>\\\\^`{|}%]+)(?::(?<port>[0-9]*))?)"
                    + "(?<path>/[^?#]*)?(?<query>\\?[^#]*)?(?<fragment>#.*)?");

    private static final Pattern BAD_CHARACTER = Pattern.compile("%(?![0-9A-Fa-f]{2})|\\p{Cntrl}");

    /** Empty if client-go refuses it; it accepts no path without a scheme. */
    static Optional<ServerUrl> parse(String text) {
        var url = URL.matcher(text);
        if (!url.matches() || BAD_CHARACTER.matcher(text).find()) {
            return Optional.empty();
        }
        @Nullable String scheme = url.group("scheme");
        var parsed = new ServerUrl(
                scheme != null,
                requireNonNullElse(scheme, "http").toLowerCase(Locale.ROOT),
                Optional.ofNullable(url.group("user")),
                url.group("authority"),
                url.group("host"),
                port(requireNonNullElse(url.group("port"), "")),
                requireNonNullElse(url.group("path"), "/"),
                url.group("query") != null,
                url.group("fragment") != null);
        return Optional.of(parsed).filter(any -> any.hasScheme || any.path.equals("/"));
    }

    private static int port(String digits) {
        if (digits.isEmpty()) {
            return -1;
        }
        return digits.length() > String.valueOf(MAX_PORT).length() ? MAX_PORT + 1 : Integer.parseInt(digits);
    }

    /** Any text without what can be a credential: user, password, query string and fragment. */
    static String shown(String text) {
        return text.replaceFirst("[?#].*", "").replaceFirst("(^|//)[^/]*@", "$1");
    }

    /** The path of requests: decoded, without empty and relative segments and without a trailing slash. */
    String requestedPath() {
        var segments = new ArrayDeque<String>();
        for (var segment : decoded(path).split("/")) {
            if (segment.equals("..")) {
                segments.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        return "/" + String.join("/", segments);
    }

    static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
    }
}
