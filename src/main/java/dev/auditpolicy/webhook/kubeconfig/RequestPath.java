package dev.auditpolicy.webhook.kubeconfig;

import java.util.ArrayDeque;

/** The path that client-go makes of that of a URL: decoded, without empty and relative segments and without a trailing slash. */
final class RequestPath {

    private RequestPath() {}

    static String of(String path) {
        var segments = new ArrayDeque<String>();
        for (var segment : ServerReader.decoded(path).split("/")) {
            if (segment.equals("..")) {
                segments.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        return "/" + String.join("/", segments);
    }
}
