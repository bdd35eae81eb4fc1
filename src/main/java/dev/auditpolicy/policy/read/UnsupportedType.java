package dev.auditpolicy.policy.read;

import dev.auditpolicy.policy.Quoted;
import java.util.List;
import java.util.Optional;

/**
 * A document type that upstream rejects, regardless of its content.
 *
 * @param field the field to change
 * @param message upstream's message, after {@code failed decoding: } unless it decodes the document first
 * @param afterDecoding whether upstream decodes the document, and warns about its fields, before it rejects the type
 */
record UnsupportedType(String field, String message, String remedy, boolean afterDecoding) {

    private static final String GROUP = "audit.k8s.io";

    private static final String INTERNAL = "__internal";

    private static final String API_VERSION_REMEDY = "write apiVersion: audit.k8s.io/v1";

    private static final List<String> OTHER_KINDS = List.of("Event", "EventList", "PolicyList");

    /** The whole error. */
    String upstreamMessage() {
        return afterDecoding ? message : "failed decoding: " + message;
    }

    /** Empty for a type that kube-apiserver loads. */
    static Optional<UnsupportedType> of(TypeMeta type) {
        if (type.hasTooManySlashes()) {
            return unsupported(
                    "apiVersion", "unexpected GroupVersion string: " + type.apiVersion(), API_VERSION_REMEDY);
        }
        String kind = type.kind().isEmpty() ? "Policy" : type.kind();
        // Without apiVersion, upstream assumes the type that it decodes into, its internal one.
        boolean untyped = type.group().isEmpty() && type.version().isEmpty();
        String group = untyped ? GROUP : type.group();
        String version = type.version().isEmpty() && group.equals(GROUP) ? INTERNAL : type.version();
        if (version.isEmpty()) {
            return unsupported("apiVersion", "Object 'apiVersion' is missing", API_VERSION_REMEDY);
        }
        boolean known = group.equals(GROUP) && (version.equals(INTERNAL) || version.equals("v1"));
        if (!known || !(kind.equals("Policy") || OTHER_KINDS.contains(kind))) {
            return known
                    ? unsupported("kind", notRegistered(kind, group, version), "write kind: Policy")
                    : unsupported("apiVersion", notRegistered(kind, group, version), apiVersionRemedy(group));
        }
        if (!kind.equals("Policy")) {
            String from = (version.equals(INTERNAL) ? "audit." : "v1.") + kind;
            return unsupported(
                    "kind", "converting (" + from + ") to (audit.Policy): unknown conversion", "write kind: Policy");
        }
        return version.equals(INTERNAL)
                ? Optional.of(new UnsupportedType(
                        "apiVersion",
                        "unknown group version field audit.k8s.io/__internal, Kind=Policy in policy",
                        API_VERSION_REMEDY,
                        true))
                : Optional.empty();
    }

    private static Optional<UnsupportedType> unsupported(String field, String message, String remedy) {
        return Optional.of(new UnsupportedType(field, message, remedy, false));
    }

    private static String notRegistered(String kind, String group, String version) {
        String shown = version.equals(INTERNAL)
                ? "the internal version of group " + Quoted.go(group)
                : "version " + Quoted.go(group.isEmpty() ? version : group + "/" + version);
        return "no kind " + Quoted.go(kind) + " is registered for " + shown
                + " in scheme \"k8s.io/apiserver/pkg/audit/scheme.go:30\"";
    }

    private static String apiVersionRemedy(String group) {
        return group.equals(GROUP)
                ? API_VERSION_REMEDY + ": since 1.24, kube-apiserver reads only this version"
                : API_VERSION_REMEDY;
    }
}
