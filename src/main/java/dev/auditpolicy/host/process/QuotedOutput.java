package dev.auditpolicy.host.process;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Makes a message of kube-apiserver fit to be quoted in a status, an Event or a log, which more people can read than the log of
 * kube-apiserver: removes credentials, line breaks and terminal control characters, and limits the length. The only place that
 * lists what a credential looks like. It removes rather too much than too little.
 */
final class QuotedOutput {

    private static final String REDACTED = "[redacted]";
    private static final String CUT = " [cut]";

    /** The end of the name of a field whose value is a credential. */
    private static final String FIELD =
            "(?:password|passwd|passphrase|secret|token|api-?key|private-?key|client-?key-?data|credentials?)";

    private static final String WORD = "(?<![A-Za-z0-9+/_.-])";
    private static final String MIXED_CASE = "(?=[a-z0-9+/_-]*[A-Z])(?=[A-Z0-9+/_-]*[a-z])";

    /** A credential, and what replaces it: groups of the pattern are kept. */
    private record Credential(Pattern pattern, String replacement) {

        static Credential of(String pattern) {
            return of(pattern, REDACTED);
        }

        static Credential of(String pattern, String replacement) {
            return new Credential(Pattern.compile(pattern), replacement);
        }

        String remove(String text) {
            return pattern.matcher(text).replaceAll(replacement);
        }
    }

    private static final List<Credential> CREDENTIALS = List.of(
            // A private key as PEM, also if its end is missing.
            Credential.of("-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----(?s:.*?)(-----END [A-Z0-9 ]*-----|$)"),
            // A header, or what follows one in a logged request.
            Credential.of(
                    "(?i)\\b(authorization\\\\?[\"']?:\\s*\\[?\\\\?[\"']?(?:bearer |basic )?)[^\\s\"',\\]\\\\]+",
                    "$1" + REDACTED),
            Credential.of("(?i)\\b(bearer |basic )(?=\\S*(?-i:[A-Z0-9=]))[^\\s\"',\\]\\\\]{8,}", "$1" + REDACTED),
            // User and password in a URL, as in --etcd-servers or the server of a webhook.
            Credential.of("(?i)\\b([a-z][a-z0-9+.-]*://)[^\\s/@\"']*@", "$1" + REDACTED + "@"),
            // A field of a kubeconfig or an EncryptionConfiguration, in YAML or a Go struct, or a flag.
            Credential.of("(?i)(" + FIELD + "\\s*[:=]\\s*\\\\?[\"']?)[^\\s\"',;}\\]\\\\]+", "$1" + REDACTED),
            // The same in JSON. The value has quotes, in contrast to: Invalid value: "serviceaccounts/token": must be
            Credential.of("(?i)(" + FIELD + "\\\\?\"\\s*:\\s*\\\\?\")[^\"\\\\]+", "$1" + REDACTED),
            // A JSON Web Token, as of a service account: header and claims are JSON objects in base64url.
            Credential.of("\\beyJ[A-Za-z0-9_-]{8,}(\\.[A-Za-z0-9_-]*){0,4}"),
            // A bootstrap token: ID and secret.
            Credential.of("\\b[a-z0-9]{6}\\.[a-z0-9]{16}\\b"),
            // Base64 with padding of 16 bytes or more, such as an AES key.
            Credential.of(WORD + MIXED_CASE + "[A-Za-z0-9+/_-]{22,}==?(?![A-Za-z0-9])"),
            // Base64 without padding of 24 bytes or more. A digest in hexadecimal and the first directory of a path
            // have no
            // capital letter, and most names of types have no digit.
            Credential.of(WORD + MIXED_CASE + "(?!/[a-z0-9_-]+/)(?=[A-Za-z+/_-]*[0-9])[A-Za-z0-9+/_-]{32,}"));

    /** Characters that could end the line, move the cursor or reverse the direction of text. */
    private static final Pattern NOT_PRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");

    private QuotedOutput() {}

    /** {@code message} without credentials, in one line, and with at most {@code limit} characters and a marker. */
    static String of(String message, int limit) {
        var text = message;
        for (var credential : CREDENTIALS) {
            text = credential.remove(text);
        }
        var line = NOT_PRINTABLE.matcher(text).replaceAll(" ");
        return line.length() <= limit ? line : line.substring(0, limit) + CUT;
    }
}
