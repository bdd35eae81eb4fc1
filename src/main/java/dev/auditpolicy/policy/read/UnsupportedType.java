package dev.auditpolicy.policy.read;

import dev.auditpolicy.policy.Quoted;
import java.util.List;
import java.util.Optional;

/**
 * Why a document of some type is refused, whatever is in it.
 *
 * @param field the field to change
 * @param message what upstream says, after {@code failed decoding: } if it does not decode it
 * @param afterDecoding whether upstream decodes the document first, and complains about its fields
 */
record UnsupportedType(String field, String message, String remedy, boolean afterDecoding) {

    private static final String GROUP = "audit.k8s.io";

    private static final String INTERNAL = "__internal";

    private static final String API_VERSION_REMEDY = "write apiVersion: audit.k8s.io/v1";

    private static final List<String> OTHER_KINDS = List.of("Event", "EventList", "PolicyList");

    /** The whole error. */
    String upstream() {
        return afterDecoding ? message : "failed decoding: " + message;
    }

    /** Empty for a policy that kube-apiserver reads. */
    static Optional<UnsupportedType> of(TypeMeta type) {
        if (type.hasTooManySlashes()) {
            return refusal("apiVersion", "unexpected GroupVersion string: " + type.apiVersion(), API_VERSION_REMEDY);
        }
        String kind = type.kind().isEmpty() ? "Policy" : type.kind();
        // What has no version is taken for the type that upstream decodes into, its internal one.
        boolean untyped = type.group().isEmpty() && type.version().isEmpty();
        String group = untyped ? GROUP : type.group();
        String version = type.version().isEmpty() && group.equals(GROUP) ? INTERNAL : type.version();
        if (version.isEmpty()) {
            return refusal("apiVersion", "Object 'apiVersion' is missing", API_VERSION_REMEDY);
        }
        boolean ours = group.equals(GROUP) && (version.equals(INTERNAL) || version.equals("v1"));
        if (!ours || !(kind.equals("Policy") || OTHER_KINDS.contains(kind))) {
            return ours
                    ? refusal("kind", notRegistered(kind, group, version), "write kind: Policy")
                    : refusal("apiVersion", notRegistered(kind, group, version), apiVersionRemedy(group));
        }
        if (!kind.equals("Policy")) {
            String from = (version.equals(INTERNAL) ? "audit." : "v1.") + kind;
            return refusal(
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

    private static Optional<UnsupportedType> refusal(String field, String message, String remedy) {
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
                ? API_VERSION_REMEDY + ": kube-apiserver has read no other version since 1.24"
                : API_VERSION_REMEDY;
    }
}
