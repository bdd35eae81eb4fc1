package dev.auditpolicy.policy.lint.value;

import dev.auditpolicy.policy.lint.finding.FindingCode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Checks that a path is not a resource URL: one with more parts than {@code /api/v1} or {@code /apis/apps/v1}. */
final class NonResourceUrlCheck implements ValueCheck {

    @Override
    public Optional<ValueFault> check(String url) {
        if (url.contains("?") || url.contains("#")) {
            return Optional.of(new ValueFault(
                    FindingCode.UNUSUAL_URL,
                    "only the path of a URL is compared, and a path contains no '?' or '#'",
                    "use \"" + url.split("[?#]")[0] + "\""));
        }
        return isResourceUrl(url)
                ? Optional.of(new ValueFault(
                        FindingCode.RESOURCE_URL,
                        "\"" + url + "\" is a resource URL, and nonResourceURLs match only requests for other URLs",
                        "use resources instead"))
                : Optional.empty();
    }

    private static boolean isResourceUrl(String url) {
        boolean prefix = url.endsWith("*");
        String path = prefix ? url.substring(0, url.length() - 1) : url;
        List<String> parts =
                Arrays.stream(path.split("/")).filter(part -> !part.isEmpty()).toList();
        // "/api/v1/*" requires one more part; "/api/v1*" matches /api/v1 too.
        int known = parts.size() + (prefix && path.endsWith("/") ? 1 : 0);
        return !parts.isEmpty()
                && ((parts.getFirst().equals("api") && known >= 3)
                        || (parts.getFirst().equals("apis") && known >= 4));
    }
}
