package dev.auditpolicy.policy;

import java.util.List;
import java.util.Optional;

/**
 * Why a document of some type is refused, whatever is in it.
 *
 * @param field the field to change
 * @param afterDecoding whether upstream decodes the document first, and complains about its fields
 */
record TypeRefusal(String field, String message, String remedy, boolean afterDecoding) {

    private static final String GROUP = "audit.k8s.io";

    private static final String INTERNAL = GROUP + "/__internal";

    private static final String API_VERSION_REMEDY = "write apiVersion: audit.k8s.io/v1";

    private static final List<String> OTHER_KINDS = List.of("Event", "EventList", "PolicyList");

    /** Empty for a policy that kube-apiserver reads. */
    static Optional<TypeRefusal> of(TypeMeta type) {
        String kind = type.kind().isEmpty() ? "Policy" : type.kind();
        if (type.apiVersion().chars().filter(character -> character == '/').count() > 1
                && !type.apiVersion().equals("/")) {
            return refusal("apiVersion", "unexpected GroupVersion string: " + type.apiVersion(), API_VERSION_REMEDY);
        }
        String apiVersion = isInternal(type) ? INTERNAL : type.apiVersion();
        if (apiVersion.equals(INTERNAL) && kind.equals("Policy")) {
            String message = "unknown group version field " + INTERNAL + ", Kind=Policy in policy";
            return Optional.of(new TypeRefusal("apiVersion", message, API_VERSION_REMEDY, true));
        }
        if (!apiVersion.equals(GROUP + "/v1")) {
            return refusal("apiVersion", notRegistered(kind, apiVersion), apiVersionRemedy(apiVersion));
        }
        if (OTHER_KINDS.contains(kind)) {
            String message = "converting (v1." + kind + ") to (audit.Policy): unknown conversion";
            return refusal("kind", message, "write kind: Policy");
        }
        return kind.equals("Policy")
                ? Optional.empty()
                : refusal("kind", notRegistered(kind, apiVersion), "write kind: Policy");
    }

    private static boolean isInternal(TypeMeta type) {
        return type.apiVersion().isEmpty()
                || type.apiVersion().equals("/")
                || type.apiVersion().equals(GROUP + "/")
                || type.apiVersion().equals(INTERNAL);
    }

    private static Optional<TypeRefusal> refusal(String field, String message, String remedy) {
        return Optional.of(new TypeRefusal(field, "failed decoding: " + message, remedy, false));
    }

    private static String notRegistered(String kind, String apiVersion) {
        return "no kind " + Quoted.go(kind) + " is registered for version " + Quoted.go(apiVersion)
                + " in scheme \"k8s.io/apiserver/pkg/audit/scheme.go:30\"";
    }

    private static String apiVersionRemedy(String apiVersion) {
        return apiVersion.startsWith(GROUP + "/v1")
                ? API_VERSION_REMEDY + ": kube-apiserver has read no other version since 1.24"
                : API_VERSION_REMEDY;
    }
}
