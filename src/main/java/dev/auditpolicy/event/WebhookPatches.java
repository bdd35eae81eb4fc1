package dev.auditpolicy.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Measures the annotations with the patches of mutating admission webhooks, the only annotations that depend on the level:
 * kube-apiserver adds them at the levels Request and RequestResponse.
 */
public final class WebhookPatches {

    private static final byte[] PREFIX = "patch.webhook.admission.k8s.io/".getBytes(StandardCharsets.UTF_8);

    private WebhookPatches() {}

    /** Their number of bytes in the annotations of an event, with a comma each. */
    public static int length(byte[] bytes, Span annotations) {
        if (!annotations.isPresent()) {
            return 0;
        }
        try {
            return lengthOfMembers(bytes, annotations.from());
        } catch (MalformedEventException e) {
            throw new IllegalStateException("the annotations were skipped before", e);
        }
    }

    private static int lengthOfMembers(byte[] bytes, int from) throws MalformedEventException {
        int length = 0;
        int at = JsonScanner.skipBlanks(bytes, from + 1);
        while (bytes[at] != '}') {
            int start = at;
            int keyFrom = at + 1;
            int keyTo = JsonScanner.stringEnd(bytes, keyFrom);
            int colon = JsonScanner.skipBlanks(bytes, keyTo + 1);
            at = JsonScanner.skipValue(bytes, JsonScanner.skipBlanks(bytes, colon + 1));
            if (isPatch(bytes, keyFrom, keyTo)) {
                length += at - start + 1;
            }
            at = JsonScanner.skipBlanks(bytes, at);
            if (bytes[at] == ',') {
                at = JsonScanner.skipBlanks(bytes, at + 1);
            }
        }
        return length;
    }

    private static boolean isPatch(byte[] bytes, int from, int to) {
        return to - from > PREFIX.length && Arrays.equals(PREFIX, 0, PREFIX.length, bytes, from, from + PREFIX.length);
    }
}
