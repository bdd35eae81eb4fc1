package dev.auditpolicy.policy.read;

import dev.auditpolicy.policy.tree.BeyondLimitsException;
import dev.auditpolicy.policy.tree.MalformedDocumentException;

/**
 * Why a text cannot be parsed.
 *
 * @param message in the words of our parser, which are not those of kube-apiserver's
 * @param upstreamMessage kube-apiserver's error as far as it is known, with "…" for the rest; empty for a text that only we
 *     reject
 */
record SyntaxFault(String message, String remedy, String upstreamMessage) {

    private static final String JSON = "couldn't get version/kind; json parse error: ";
    private static final String YAML = "yaml: ";

    private static final String NOT_UTF_8 = "not valid UTF-8";

    static SyntaxFault of(MalformedDocumentException e) {
        String message = e.getMessage();
        if (e instanceof BeyondLimitsException) {
            return new SyntaxFault(
                    message + ", which this command does not read; kube-apiserver has no such limit",
                    "shorten the policy",
                    "");
        }
        boolean isOurWords = e.getCause() != null;
        if (!isOurWords) {
            return new SyntaxFault(message, "write a YAML or JSON object", "failed decoding: " + message);
        }
        if (message.endsWith(NOT_UTF_8)) {
            return new SyntaxFault(NOT_UTF_8, "save the file as UTF-8", "failed decoding: yaml: …");
        }
        boolean isJson = message.startsWith(JSON);
        String words = isJson ? message.substring(JSON.length()) : message.replaceFirst("^yaml: (line \\d+: )?", "");
        return new SyntaxFault(
                "not valid " + (isJson ? "JSON: " : "YAML: ") + words,
                isJson ? "check the quotes, commas and brackets" : "check the indentation, quotes and brackets",
                "failed decoding: " + (isJson ? JSON : YAML) + "…");
    }
}
