package dev.auditpolicy.policy.lint.value;

import dev.auditpolicy.policy.lint.finding.FindingCode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Knows which paths are those of resources: what has more parts than {@code /api/v1} or {@code /apis/apps/v1}. */
final class NonResourceUrlCheck implements ValueCheck {

    @Override
    public Optional<ValueFault> check(String url) {
        if (url.contains("?") || url.contains("#")) {
            return Optional.of(new ValueFault(
                    FindingCode.UNUSUAL_URL,
                    "only the path is compared, and a path has no '?' or '#'",
                    "write \"" + url.split("[?#]")[0] + "\""));
        }
        return isOfResources(url)
                ? Optional.of(new ValueFault(
                        FindingCode.RESOURCE_URL,
                        "\"" + url + "\" is the URL of a resource, and nonResourceURLs are compared with other requests"
                                + " only",
                        "use resources instead"))
                : Optional.empty();
    }

    private static boolean isOfResources(String url) {
        boolean prefix = url.endsWith("*");
        String path = prefix ? url.substring(0, url.length() - 1) : url;
        List<String> parts =
                Arrays.stream(path.split("/")).filter(part -> !part.isEmpty()).toList();
        // "/api/v1/*" leaves one part open that must follow; "/api/v1*" matches /api/v1 too.
        int known = parts.size() + (prefix && path.endsWith("/") ? 1 : 0);
        return !parts.isEmpty()
                && ((parts.getFirst().equals("api") && known >= 3)
                        || (parts.getFirst().equals("apis") && known >= 4));
    }
}
