package dev.auditpolicy.policy.lint.value;

import dev.auditpolicy.policy.Nearest;
import dev.auditpolicy.policy.lint.fault.Remedy;
import dev.auditpolicy.policy.lint.fault.ValueCheck;
import dev.auditpolicy.policy.lint.fault.ValueFault;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks that kube-apiserver can serve a path, and that it is not a resource URL: one with more parts than {@code /api/v1} or {@code /apis/apps/v1}. */
final class NonResourceUrlCheck implements ValueCheck {

    /** The first parts of what {@code kubectl get --raw /} lists, and of the paths that it leaves out. */
    private static final List<String> SERVED = List.of(
            ".well-known",
            "api",
            "apis",
            "debug",
            "flagz",
            "healthz",
            "livez",
            "logs",
            "metrics",
            "openapi",
            "openid",
            "readyz",
            "statusz",
            "swagger.json",
            "swaggerapi",
            "swagger-ui",
            "ui",
            "version");

    private static final Pattern FIRST_PART = Pattern.compile("/([^/*]+)");

    @Override
    public Optional<ValueFault> check(String url) {
        if (url.contains("?") || url.contains("#")) {
            return Optional.of(new ValueFault(
                    FindingCode.UNUSUAL_URL,
                    "only the path of a URL is compared, and a path contains no '?' or '#'",
                    Remedy.use(url.split("[?#]")[0])));
        }
        return isResourceUrl(url)
                ? Optional.of(new ValueFault(
                        FindingCode.RESOURCE_URL,
                        "\"" + url + "\" is a resource URL, and nonResourceURLs match only requests for other URLs",
                        new Remedy.Advice("write a rule with resources for it instead")))
                : misspelled(url);
    }

    /** Another server behind the aggregation layer has its paths below these, and a wildcard may stand for any. */
    private static Optional<ValueFault> misspelled(String url) {
        Matcher first = FIRST_PART.matcher(url);
        if (!first.lookingAt() || SERVED.contains(first.group(1)) || isBeginning(url, first.group(1))) {
            return Optional.empty();
        }
        return Nearest.bySpelling(first.group(1), SERVED)
                .map(meant -> ValueFault.misspelled(
                        FindingCode.UNUSUAL_URL,
                        "kube-apiserver serves nothing at \"" + url + "\"",
                        "/" + meant + url.substring(first.end(1)),
                        false));
    }

    private static boolean isBeginning(String url, String part) {
        return url.equals("/" + part + "*") && SERVED.stream().anyMatch(served -> served.startsWith(part));
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
